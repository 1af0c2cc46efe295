package main

import (
	"hearsay/learn/kernel/asm/emit"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// quantize writes two functions: the largest magnitude of n values, and their rounding to bytes with the sum of those;
// n is a multiple of 16 and above zero.
func quantize(w emit.Width) {
	TEXT("absMax"+w.Name(), NOSPLIT, "func(x *float32, n int) float32")
	Pragma("noescape")
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	mask, top := w.Reg(), w.Reg()
	ones(w, mask)
	VPSRLD(Imm(1), mask, mask) // all bits but the sign
	zero(w, top)
	Label("loop")
	v := w.Reg()
	// The integer form is part of AVX-512F and means the same.
	if w == 64 {
		VPANDD(Mem{Base: x}, mask, v)
	} else {
		VPAND(Mem{Base: x}, mask, v)
	}
	VMAXPS(v, top, top)
	ADDQ(Imm(uint64(w)), x)
	SUBQ(Imm(uint64(w/4)), n)
	JNE(LabelRef("loop"))
	y := half(w, top, func(a, b, to Op) { VMAXPS(a, b, to) })
	VMAXPS(y, top.AsX(), y)
	s := XMM()
	VPSHUFD(Imm(0x4e), y, s)
	VMAXPS(s, y, y)
	VPSHUFD(Imm(0xb1), y, s)
	VMAXPS(s, y, y)
	Store(y, ReturnIndex(0))
	VZEROUPPER()
	RET()

	TEXT("roundBytes"+w.Name(), NOSPLIT, "func(dst *int8, x *float32, n int, inverse float32) int32")
	Pragma("noescape")
	dst := Load(Param("dst"), GP64())
	x, n = Load(Param("x"), GP64()), Load(Param("n"), GP64())
	low := XMM()
	Load(Param("inverse"), low)
	inverse, total := w.Reg(), w.Reg()
	VBROADCASTSS(low, inverse)
	zero(w, total)
	Label("loop")
	// VCVTPS2DQ rounds halves to even, as adding and taking away 1.5·2²³ does in the Go version.
	if w == 64 {
		q := w.Reg()
		VMULPS(Mem{Base: x}, inverse, q)
		VCVTPS2DQ(q, q)
		VPADDD(q, total, total)
		VPMOVDB(q, Mem{Base: dst})
	} else {
		a, b := w.Reg(), w.Reg()
		VMULPS(Mem{Base: x}, inverse, a)
		VMULPS(Mem{Base: x, Disp: 32}, inverse, b)
		VCVTPS2DQ(a, a)
		VCVTPS2DQ(b, b)
		VPADDD(a, total, total)
		VPADDD(b, total, total)
		VPACKSSDW(b, a, a)
		VPERMQ(Imm(0xd8), a, a)
		VEXTRACTI128(Imm(1), a, b.AsX())
		VPACKSSWB(b.AsX(), a.AsX(), a.AsX())
		VMOVDQU(a.AsX(), Mem{Base: dst})
	}
	ADDQ(Imm(64), x)
	ADDQ(Imm(16), dst)
	SUBQ(Imm(16), n)
	JNE(LabelRef("loop"))
	y = half(w, total, func(a, b, to Op) { VPADDD(a, b, to) })
	VPADDD(y, total.AsX(), y)
	s = XMM()
	VPSHUFD(Imm(0x4e), y, s)
	VPADDD(s, y, y)
	VPSHUFD(Imm(0xb1), y, s)
	VPADDD(s, y, y)
	sum := GP32()
	VMOVD(y, sum)
	Store(sum, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// half folds v down to its lowest 256 bits, in place, and returns its next 128 bits, which the caller folds in.
func half(w emit.Width, v reg.VecVirtual, fold func(a, b, to Op)) reg.VecVirtual {
	if w == 64 {
		t := YMM()
		VEXTRACTI64X4(Imm(1), v, t)
		fold(t, v.AsY(), v.AsY())
	}
	x := XMM()
	VEXTRACTI128(Imm(1), v.AsY(), x)
	return x
}

func zero(w emit.Width, v reg.VecVirtual) {
	if w == 64 {
		VPXORD(v, v, v)
	} else {
		VPXOR(v, v, v)
	}
}

func ones(w emit.Width, v reg.VecVirtual) {
	if w == 64 {
		VPTERNLOGD(Imm(0xff), v, v, v)
	} else {
		VPCMPEQD(v, v, v)
	}
}

// addRows writes the sum of table rows over 64 columns, for as many blocks of 64 as there are, and over one vector of
// columns for the rest. Each column's sum lies in a register and adds the rows in the order of their ids.
func addRows(w emit.Width) {
	TEXT("addInt8Rows"+w.Name(), NOSPLIT, "func(dst *float32, table *int8, scale *float32, dim int, ids *uint32, n int, width int)")
	Pragma("noescape")
	dst, table := Load(Param("dst"), GP64()), Load(Param("table"), GP64())
	scale, dim := Load(Param("scale"), GP64()), Load(Param("dim"), GP64())
	width := Load(Param("width"), GP64())
	ids := Load(Param("ids"), GP64())
	n, k, id := GP64(), GP64(), GP64()

	block := func(name string, vectors int) {
		columns := uint64(vectors * int(w) / 4)
		Label(name)
		CMPQ(width, Imm(columns))
		JLT(LabelRef(name + "done"))
		Load(Param("n"), n)
		sums := make([]reg.VecVirtual, vectors)
		for i := range sums {
			sums[i] = w.Reg()
			zero(w, sums[i])
		}
		XORQ(k, k)
		Label(name + "id")
		MOVL(Mem{Base: ids, Index: k, Scale: 4}, id.As32())
		s := w.Reg()
		VBROADCASTSS(Mem{Base: scale, Index: id, Scale: 4}, s)
		IMULQ(dim, id)
		ADDQ(table, id)
		for i := range sums {
			v := w.Reg()
			VPMOVSXBD(Mem{Base: id, Disp: i * int(w) / 4}, v)
			VCVTDQ2PS(v, v)
			VMULPS(s, v, v)
			VADDPS(v, sums[i], sums[i])
		}
		INCQ(k)
		CMPQ(k, n)
		JLT(LabelRef(name + "id"))
		for i := range sums {
			VMOVUPS(sums[i], Mem{Base: dst, Disp: i * int(w)})
		}
		ADDQ(U32(4*columns), dst)
		ADDQ(Imm(columns), table)
		SUBQ(Imm(columns), width)
		JMP(LabelRef(name))
		Label(name + "done")
	}
	block("wide", 256/int(w))
	block("narrow", 1)
	VZEROUPPER()
	RET()
}
