// Command sruforward writes the recurrence of kernel.SRU.
package main

import (
	"hearsay/learn/kernel/asm/emit"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	for _, w := range emit.Widths {
		forward(w, false)
		forward(w, true)
	}
	Generate()
}

// The fields of kernel.sruArgs, 8 bytes each, in order.
const (
	fieldU = 8 * iota
	fieldX
	fieldH
	fieldV
	fieldB
	fieldOld
	fieldNow
	fieldF
	fieldR
	fieldTable
	fieldSteps
	fieldWidth
	fieldD
	fieldUStep
	fieldXStep
	fieldHStep
	fieldSaveStep
)

// forward writes one chunk of columns through all steps. Within a step the vectors of columns do not depend on one
// another, and the processor runs about eight of them at once, which hides the long way through a gate.
func forward(w emit.Width, save bool) {
	name := "sruForward"
	if save {
		name += "Save"
	}
	TEXT(name+w.Name(), NOSPLIT, "func(args *byte)")
	Pragma("noescape")
	args := Load(Param("args"), GP64())
	field := func(disp int) Mem { return Mem{Base: args, Disp: disp} }
	load := func(disp int) reg.GPVirtual {
		r := GP64()
		MOVQ(field(disp), r)
		return r
	}
	table := load(fieldTable)
	c := emit.LoadCurve(w, table)
	u, x, h := load(fieldU), load(fieldX), load(fieldH)
	v, b := load(fieldV), load(fieldB)
	old, now := load(fieldOld), load(fieldNow)
	var f, r reg.GPVirtual
	if save {
		f, r = load(fieldF), load(fieldR)
	}

	Label("step")
	// i, j and k are the byte offsets of the column in the first, second and third part of a row.
	i, j, k := GP64(), GP64(), GP64()
	XORQ(i, i)
	MOVQ(field(fieldD), j)
	LEAQ(Mem{Base: j, Index: j, Scale: 1}, k)
	at := func(base, index reg.Register) Mem { return Mem{Base: base, Index: index, Scale: 1} }

	Label("columns")
	state, forget, reset := w.Reg(), w.Reg(), w.Reg()
	VMOVUPS(at(old, i), state)
	VMULPS(at(v, i), state, forget)
	VADDPS(at(u, j), forget, forget)
	VADDPS(at(b, i), forget, forget)
	c.Apply(forget, true)
	VMULPS(at(v, j), state, reset)
	VADDPS(at(u, k), reset, reset)
	VADDPS(at(b, j), reset, reset)
	c.Apply(reset, true)
	if save {
		VMOVUPS(forget, at(f, i))
		VMOVUPS(reset, at(r, i))
	}
	candidate, input := w.Reg(), w.Reg()
	VMOVUPS(at(u, i), candidate)
	VSUBPS(candidate, state, state)
	VMULPS(state, forget, state)
	VADDPS(state, candidate, state)
	VMOVUPS(state, at(now, i))
	VMOVUPS(at(x, i), input)
	VSUBPS(input, state, state)
	VMULPS(state, reset, state)
	VADDPS(state, input, state)
	VMOVUPS(state, at(h, i))
	ADDQ(Imm(uint64(w)), i)
	ADDQ(Imm(uint64(w)), j)
	ADDQ(Imm(uint64(w)), k)
	CMPQ(i, field(fieldWidth))
	JLT(LabelRef("columns"))

	ADDQ(field(fieldUStep), u)
	ADDQ(field(fieldXStep), x)
	ADDQ(field(fieldHStep), h)
	MOVQ(now, old)
	if save {
		ADDQ(field(fieldSaveStep), now)
		ADDQ(field(fieldSaveStep), f)
		ADDQ(field(fieldSaveStep), r)
	}
	DECQ(field(fieldSteps))
	JNE(LabelRef("step"))
	VZEROUPPER()
	RET()
}
