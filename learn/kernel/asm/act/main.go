// Command act writes the activation functions over whole vectors.
package main

import (
	"hearsay/learn/kernel/asm/emit"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

func main() {
	ConstraintExpr("amd64")
	for _, w := range emit.Widths {
		curve(w, "tanhs", false)
		curve(w, "sigmoids", true)
		relus(w)
	}
	Generate()
}

// curve writes a function over n values, n a multiple of 16 and above zero.
func curve(w emit.Width, name string, shifted bool) {
	TEXT(name+w.Name(), NOSPLIT, "func(dst, x *float32, n int, table *float32)")
	Pragma("noescape")
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	n, table := Load(Param("n"), GP64()), Load(Param("table"), GP64())
	c := emit.LoadCurve(w, table)
	i := GP64()
	XORQ(i, i)
	SHLQ(Imm(2), n)
	Label("loop")
	v := w.Reg()
	VMOVUPS(Mem{Base: x, Index: i, Scale: 1}, v)
	c.Apply(v, shifted)
	VMOVUPS(v, Mem{Base: dst, Index: i, Scale: 1})
	ADDQ(Imm(uint64(w)), i)
	CMPQ(i, n)
	JLT(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

func relus(w emit.Width) {
	TEXT("relus"+w.Name(), NOSPLIT, "func(dst, x *float32, n int)")
	Pragma("noescape")
	dst, x, n := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("n"), GP64())
	zero, i := w.Reg(), GP64()
	VXORPS(zero, zero, zero)
	XORQ(i, i)
	SHLQ(Imm(2), n)
	Label("loop")
	v := w.Reg()
	VMOVUPS(Mem{Base: x, Index: i, Scale: 1}, v)
	// Zero is the second source, which is what comes out if the value is not a number, or is a negative zero.
	VMAXPS(zero, v, v)
	VMOVUPS(v, Mem{Base: dst, Index: i, Scale: 1})
	ADDQ(Imm(uint64(w)), i)
	CMPQ(i, n)
	JLT(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
