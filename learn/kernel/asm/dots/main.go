// Command dots writes the products of one row with many.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	dots(4)
	dots(1)
	Generate()
}

// dots writes a function for so many rows at once, which hides the time that an
// addition takes. d is a multiple of 8 and above zero.
func dots(rows int) {
	TEXT(map[int]string{1: "dots1AVX2", 4: "dots4AVX2"}[rows], NOSPLIT, "func(dst, x, y *float32, d int)")
	Pragma("noescape")
	dst, x, d := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("d"), GP64())
	at := []Register{Load(Param("y"), GP64())}
	SHLQ(Imm(2), d)
	for i := 1; i < rows; i++ {
		next := GP64()
		LEAQ(Mem{Base: at[i-1], Index: d, Scale: 1}, next)
		at = append(at, next)
	}
	sums := make([]VecVirtual, rows)
	for i := range sums {
		sums[i] = YMM()
		VXORPS(sums[i], sums[i], sums[i])
	}
	k := GP64()
	XORQ(k, k)
	Label("loop")
	a := YMM()
	VMOVUPS(Mem{Base: x, Index: k, Scale: 1}, a)
	for i := range sums {
		b := YMM()
		VMULPS(Mem{Base: at[i], Index: k, Scale: 1}, a, b)
		VADDPS(b, sums[i], sums[i])
	}
	ADDQ(Imm(32), k)
	CMPQ(k, d)
	JLT(LabelRef("loop"))
	for i, s := range sums {
		// Neighbours are added in pairs, then pairs of pairs, then the two halves.
		VHADDPS(s, s, s)
		VHADDPS(s, s, s)
		half := XMM()
		VEXTRACTF128(Imm(1), s, half)
		VADDSS(half, s.AsX(), s.AsX())
		VMOVSS(s.AsX(), Mem{Base: dst, Disp: 4 * i})
	}
	VZEROUPPER()
	RET()
}
