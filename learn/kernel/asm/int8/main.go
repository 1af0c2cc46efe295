// Command int8 writes the products of quantized rows with packed weights, the quantizing of rows, and the sums of
// quantized table rows.
package main

import (
	"fmt"

	"hearsay/learn/kernel/asm/emit"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	for _, rows := range []int{6, 3, 1} {
		mulVNNI(rows, 4)
		mulVNNI(rows, 1)
		mulAVX2(rows)
	}
	for _, w := range emit.Widths {
		quantize(w)
		addRows(w)
	}
	Generate()
}

// The fields of kernel.mulArgs, 8 bytes each, in order.
const (
	fieldX = 8 * iota
	fieldXStep
	fieldXNext
	fieldW
	fieldPanel
	fieldQuads
	fieldDst
	fieldDstStep
	fieldXScale
	fieldOffset
	fieldWScale
	fieldBias
	fieldGroups
)

// A product is what the kernels of both levels share: the walk over groups of rows and over their addresses.
type product struct {
	rows         int
	args         reg.GPVirtual
	x, x3, xstep reg.GPVirtual // the group's first and fourth row, and the way from row to row
	w, quads     reg.GPVirtual
}

func field(args reg.Register, disp int) Mem { return Mem{Base: args, Disp: disp} }

func load(args reg.Register, disp int) reg.GPVirtual {
	r := GP64()
	MOVQ(field(args, disp), r)
	return r
}

func begin(name string, rows int) *product {
	TEXT(name, NOSPLIT, "func(args *byte)")
	Pragma("noescape")
	p := &product{rows: rows, args: GP64()}
	Load(Param("args"), p.args)
	p.x, p.xstep = load(p.args, fieldX), load(p.args, fieldXStep)
	if rows > 3 {
		p.x3 = GP64()
		LEAQ(Mem{Base: p.x, Index: p.xstep, Scale: 2}, p.x3)
		ADDQ(p.xstep, p.x3)
	}
	p.w, p.quads = GP64(), GP64()
	return p
}

// row is the address of four bytes of row i.
func (p *product) row(i int) Mem { return row(p.x, p.x3, p.xstep, i) }

// row is the address of row i of up to six, from pointers to the first and the fourth.
func row(first, fourth, step reg.Register, i int) Mem {
	if i >= 3 {
		first, i = fourth, i-3
	}
	if i == 0 {
		return Mem{Base: first}
	}
	return Mem{Base: first, Index: step, Scale: uint8(i)}
}

// advance moves four columns on, and jumps back to the label until the group's columns are done.
func (p *product) advance(label string) {
	ADDQ(Imm(4), p.x)
	if p.rows > 3 {
		ADDQ(Imm(4), p.x3)
	}
	ADDQ(Imm(64), p.w)
	DECQ(p.quads)
	JNE(LabelRef(label))
}

// finish moves on to the next group of rows, whose addresses lie in the arguments.
func (p *product) finish(label string) {
	ADDQ(field(p.args, fieldXNext), p.x)
	if p.rows > 3 {
		ADDQ(field(p.args, fieldXNext), p.x3)
	}
	ADDQ(Imm(uint64(4*p.rows)), field(p.args, fieldXScale))
	ADDQ(Imm(uint64(4*p.rows)), field(p.args, fieldOffset))
	DECQ(field(p.args, fieldGroups))
	JNE(LabelRef(label))
	VZEROUPPER()
	RET()
}

// mulVNNI writes the product of a group of rows with panels of 16 columns. VPDPBUSD takes the weights as its unsigned
// side and the row, four bytes of it repeated over the register, as its signed side.
func mulVNNI(rows, panels int) {
	p := begin(fmt.Sprintf("mulVNNI%dx%d", rows, 16*panels), rows)
	panel := load(p.args, fieldPanel)
	panel3 := GP64()
	if panels > 3 {
		LEAQ(Mem{Base: panel, Index: panel, Scale: 2}, panel3)
	}
	Label("group")
	MOVQ(field(p.args, fieldW), p.w)
	MOVQ(field(p.args, fieldQuads), p.quads)
	sums := make([][]reg.VecVirtual, rows)
	for i := range sums {
		for range panels {
			z := ZMM()
			VPXORD(z, z, z)
			sums[i] = append(sums[i], z)
		}
	}
	Label("quad")
	weights := make([]reg.VecVirtual, panels)
	for j := range weights {
		at := Mem{Base: p.w}
		switch j {
		case 1, 2:
			at = Mem{Base: p.w, Index: panel, Scale: uint8(j)}
		case 3:
			at = Mem{Base: p.w, Index: panel3, Scale: 1}
		}
		weights[j] = ZMM()
		VMOVDQU32(at, weights[j])
	}
	for i := range rows {
		x := ZMM()
		VPBROADCASTD(p.row(i), x)
		for j := range panels {
			VPDPBUSD(x, weights[j], sums[i][j])
		}
	}
	p.advance("quad")

	dst, step := load(p.args, fieldDst), load(p.args, fieldDstStep)
	wscale, bias := load(p.args, fieldWScale), load(p.args, fieldBias)
	xscale, offset := load(p.args, fieldXScale), load(p.args, fieldOffset)
	for i := range rows {
		off, scale := ZMM(), ZMM()
		VPBROADCASTD(Mem{Base: offset, Disp: 4 * i}, off)
		VBROADCASTSS(Mem{Base: xscale, Disp: 4 * i}, scale)
		for j := range panels {
			sum, factor := sums[i][j], ZMM()
			VPSUBD(off, sum, sum)
			VCVTDQ2PS(sum, sum)
			VMULPS(Mem{Base: wscale, Disp: 64 * j}, scale, factor)
			VMULPS(factor, sum, sum)
			VADDPS(Mem{Base: bias, Disp: 64 * j}, sum, sum)
			VMOVUPS(sum, Mem{Base: dst, Disp: 64 * j})
		}
		ADDQ(step, dst)
	}
	MOVQ(dst, field(p.args, fieldDst))
	p.finish("group")
}

// mulAVX2 writes the product of a group of rows with half a panel, 8 columns. Weights and row are widened to int16, and
// VPMADDWD adds products in pairs, exactly; VPMADDUBSW would need no widening but saturates. The two sums of a column
// lie side by side until the end.
func mulAVX2(rows int) {
	p := begin(fmt.Sprintf("mulAVX2x%d", rows), rows)
	Label("group")
	MOVQ(field(p.args, fieldW), p.w)
	MOVQ(field(p.args, fieldQuads), p.quads)
	sums := make([][2]reg.VecVirtual, rows)
	for i := range sums {
		for j := range sums[i] {
			y := YMM()
			VPXOR(y, y, y)
			sums[i][j] = y
		}
	}
	Label("quad")
	var weights [2]reg.VecVirtual
	for j := range weights {
		weights[j] = YMM()
		VPMOVZXBW(Mem{Base: p.w, Disp: 16 * j}, weights[j])
	}
	for i := range rows {
		x, y := YMM(), YMM()
		VPBROADCASTD(p.row(i), x.AsX())
		VPMOVSXBW(x.AsX(), x)
		VPMADDWD(weights[0], x, y)
		VPADDD(y, sums[i][0], sums[i][0])
		VPMADDWD(weights[1], x, x)
		VPADDD(x, sums[i][1], sums[i][1])
	}
	p.advance("quad")

	dst, step := load(p.args, fieldDst), load(p.args, fieldDstStep)
	wscale, bias := load(p.args, fieldWScale), load(p.args, fieldBias)
	xscale, offset := load(p.args, fieldXScale), load(p.args, fieldOffset)
	for i := range rows {
		sum, scratch := sums[i][0], sums[i][1]
		// Columns 0 1 4 5 2 3 6 7, then in order.
		VPHADDD(sums[i][1], sum, sum)
		VPERMQ(Imm(0xd8), sum, sum)
		VPBROADCASTD(Mem{Base: offset, Disp: 4 * i}, scratch)
		VPSUBD(scratch, sum, sum)
		VCVTDQ2PS(sum, sum)
		VBROADCASTSS(Mem{Base: xscale, Disp: 4 * i}, scratch)
		VMULPS(Mem{Base: wscale}, scratch, scratch)
		VMULPS(scratch, sum, sum)
		VADDPS(Mem{Base: bias}, sum, sum)
		VMOVUPS(sum, Mem{Base: dst})
		ADDQ(step, dst)
	}
	MOVQ(dst, field(p.args, fieldDst))
	p.finish("group")
}
