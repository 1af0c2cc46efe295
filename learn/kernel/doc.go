// Package kernel is the arithmetic that takes the time: float rows go in, float rows come out, and the bytes are the
// same on every processor.
//
// Reading needs five things. [AddInt8Rows] adds the embeddings of a token's features. [Quantized] rounds rows of floats
// to bytes, and [Weights] multiplies them with a byte matrix. [SRU] runs a recurrence over the result. [Tanhs],
// [Sigmoids] and [Relus] are the activations. [Dots] scores pairs of rows. Training adds [MatMul], the backward pass of SRU and the optimizer, which
// are compared with slow code and numeric gradients but need not give the same bytes everywhere.
//
// # The idea
//
// A matrix product dominates, and in bytes it is both fast and exact: int32 sums of int8 products are the same whatever
// the order, so each processor may add in the order that suits it. What must be float (scales, gates, activations) is
// written once in Go with IEEE multiplication, addition, division and comparison, each rounded on its own, and the
// assembly repeats that order without fusing. The recurrence is a simple recurrent unit, whose steps are no matrix
// products: the products of all tokens come before it, in one piece. What each level may use is in cpu.go; asm holds
// the programs, on github.com/mmcloughlin/avo, that write the assembly, in a module of their own.
//
// # Example
//
// A layer of d columns over t tokens, x to h, with weights w of k×4d stored as bytes:
//
//	w := kernel.NewWeights(bytes, scales, k, 4*d)
//	var q kernel.Quantized
//	q.Quantize(x, t, k, k)
//	w.Mul(u, 4*d, &q, 0, t, nil)
//	(&kernel.SRU{D: d, V: v, B: b}).Forward(t, u, 4*d, nil, 0, h, d, nil, false)
//
// # What it gets wrong
//
// Rounding to bytes costs about a hundredth of a product's size, more in a row with one value far above the rest, since a
// row has one scale. Tanh is off by up to 4.5e-7 and Sigmoid by 2.5e-7, and neither reaches its limits. Infinities and
// NaN stop nothing but need not come out alike. There is no assembly for arm64, and the unit of 256 bits with int8 dot
// products (AVX-VNNI) of desktop processors is not used. On one core of a Sapphire Rapids, 500 rows of 256 times 1024
// columns run at 7.5 thousand million products a second in Go, 54 with AVX2 and 300 with AVX-512 VNNI; the recurrence
// over 256 columns takes 2000, 230 and 190 nanoseconds a token.
//
// # Sources
//
// Lei, Zhang, Wang, Dai and Artzi, "Simple Recurrent Units for Highly Parallelizable Recurrence", EMNLP 2018. The
// constants of the tangent are our own (asm/tanhfit).
package kernel
