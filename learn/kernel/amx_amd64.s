//go:build amd64

// Matrix products with the tile registers of AMX, and the packing that feeds them. The Go assembler knows neither AMX
// nor VCVTNE2PS2BF16, so those instructions stand below as the bytes that GNU as gives for the line in the comment
// (as, then objdump -d -M intel). Operands of the comments are in Intel's order, those of Go's instructions reversed.

#include "textflag.h"

// ldtilecfg [rax]
#define LDTILECFG_AX LONG $0x4978e2c4; BYTE $0x00
// tilerelease
#define TILERELEASE LONG $0x4978e2c4; BYTE $0xc0
// tilezero tmm0
#define TILEZERO_0 LONG $0x497be2c4; BYTE $0xc0
// tilezero tmm1
#define TILEZERO_1 LONG $0x497be2c4; BYTE $0xc8
// tilezero tmm2
#define TILEZERO_2 LONG $0x497be2c4; BYTE $0xd0
// tilezero tmm3
#define TILEZERO_3 LONG $0x497be2c4; BYTE $0xd8
// tileloadd tmm4,[rsi+rcx*1]
#define LOAD_A0 LONG $0x4b7be2c4; WORD $0x0e24
// tileloadd tmm5,[rsi+rcx*1+1024]
#define LOAD_A1 LONG $0x4b7be2c4; LONG $0x04000eac; WORD $0x0000
// tileloaddt1 tmm6,[rdi+rcx*1]
#define LOAD_B0 LONG $0x4b79e2c4; WORD $0x0f34
// tileloaddt1 tmm7,[rdi+rcx*1+1024]
#define LOAD_B1 LONG $0x4b79e2c4; LONG $0x04000fbc; WORD $0x0000
// tdpbf16ps tmm0,tmm4,tmm6
#define DOT_00 LONG $0x5c4ae2c4; BYTE $0xc4
// tdpbf16ps tmm1,tmm4,tmm7
#define DOT_01 LONG $0x5c42e2c4; BYTE $0xcc
// tdpbf16ps tmm2,tmm5,tmm6
#define DOT_10 LONG $0x5c4ae2c4; BYTE $0xd5
// tdpbf16ps tmm3,tmm5,tmm7
#define DOT_11 LONG $0x5c42e2c4; BYTE $0xdd
// tileloadd tmm0,[r8+r9*1]
#define LOAD_C00 LONG $0x4b7b82c4; WORD $0x0804
// tileloadd tmm1,[r8+r9*1+64]
#define LOAD_C01 LONG $0x4b7b82c4; WORD $0x084c; BYTE $0x40
// tileloadd tmm2,[r10+r9*1]
#define LOAD_C10 LONG $0x4b7b82c4; WORD $0x0a14
// tileloadd tmm3,[r10+r9*1+64]
#define LOAD_C11 LONG $0x4b7b82c4; WORD $0x0a5c; BYTE $0x40
// tilestored [r8+r9*1],tmm0
#define STORE_C00 LONG $0x4b7a82c4; WORD $0x0804
// tilestored [r8+r9*1+64],tmm1
#define STORE_C01 LONG $0x4b7a82c4; WORD $0x084c; BYTE $0x40
// tilestored [r10+r9*1],tmm2
#define STORE_C10 LONG $0x4b7a82c4; WORD $0x0a14
// tilestored [r10+r9*1+64],tmm3
#define STORE_C11 LONG $0x4b7a82c4; WORD $0x0a5c; BYTE $0x40
// vcvtne2ps2bf16 zmm0,zmm17,zmm16
#define CVT_Z0 LONG $0x4077b262; WORD $0xc072
// vcvtne2ps2bf16 zmm1,zmm17,zmm16
#define CVT_Z1 LONG $0x4077b262; WORD $0xc872
// vcvtne2ps2bf16 zmm2,zmm17,zmm16
#define CVT_Z2 LONG $0x4077b262; WORD $0xd072
// vcvtne2ps2bf16 zmm3,zmm17,zmm16
#define CVT_Z3 LONG $0x4077b262; WORD $0xd872
// vcvtne2ps2bf16 zmm4,zmm17,zmm16
#define CVT_Z4 LONG $0x4077b262; WORD $0xe072
// vcvtne2ps2bf16 zmm5,zmm17,zmm16
#define CVT_Z5 LONG $0x4077b262; WORD $0xe872
// vcvtne2ps2bf16 zmm6,zmm17,zmm16
#define CVT_Z6 LONG $0x4077b262; WORD $0xf072
// vcvtne2ps2bf16 zmm7,zmm17,zmm16
#define CVT_Z7 LONG $0x4077b262; WORD $0xf872
// vcvtne2ps2bf16 zmm8,zmm17,zmm16
#define CVT_Z8 LONG $0x40773262; WORD $0xc072
// vcvtne2ps2bf16 zmm9,zmm17,zmm16
#define CVT_Z9 LONG $0x40773262; WORD $0xc872
// vcvtne2ps2bf16 zmm10,zmm17,zmm16
#define CVT_Z10 LONG $0x40773262; WORD $0xd072
// vcvtne2ps2bf16 zmm11,zmm17,zmm16
#define CVT_Z11 LONG $0x40773262; WORD $0xd872
// vcvtne2ps2bf16 zmm12,zmm17,zmm16
#define CVT_Z12 LONG $0x40773262; WORD $0xe072
// vcvtne2ps2bf16 zmm13,zmm17,zmm16
#define CVT_Z13 LONG $0x40773262; WORD $0xe872
// vcvtne2ps2bf16 zmm14,zmm17,zmm16
#define CVT_Z14 LONG $0x40773262; WORD $0xf072
// vcvtne2ps2bf16 zmm15,zmm17,zmm16
#define CVT_Z15 LONG $0x40773262; WORD $0xf872

// tileConfig is palette 1 with all eight tile registers of 16 rows by 64 bytes.
DATA tileConfig<>+0(SB)/8, $1
DATA tileConfig<>+8(SB)/8, $0
DATA tileConfig<>+16(SB)/8, $0x0040004000400040
DATA tileConfig<>+24(SB)/8, $0x0040004000400040
DATA tileConfig<>+32(SB)/8, $0
DATA tileConfig<>+40(SB)/8, $0
DATA tileConfig<>+48(SB)/8, $0x1010101010101010
DATA tileConfig<>+56(SB)/8, $0
GLOBL tileConfig<>(SB), RODATA|NOPTR, $64

// zip interleaves the two halves of 32 words: 0, 16, 1, 17, and so on.
DATA zip<>+0(SB)/8, $0x0011000100100000
DATA zip<>+8(SB)/8, $0x0013000300120002
DATA zip<>+16(SB)/8, $0x0015000500140004
DATA zip<>+24(SB)/8, $0x0017000700160006
DATA zip<>+32(SB)/8, $0x0019000900180008
DATA zip<>+40(SB)/8, $0x001b000b001a000a
DATA zip<>+48(SB)/8, $0x001d000d001c000c
DATA zip<>+56(SB)/8, $0x001f000f001e000e
GLOBL zip<>(SB), RODATA|NOPTR, $64

// func amxPanels(c *float32, cstride int, a, b *uint16, bstep, steps, panels int, load bool)
//
// Multiplies the panel of 32 rows at a with panels of 32 columns, bstep bytes apart at b, over steps of 32 in k, into
// blocks of 32 by 32 beside each other at c, whose rows are cstride bytes apart. load adds to what stands in c. B is
// read past the first cache, which keeps A.
TEXT ·amxPanels(SB), NOSPLIT, $0-57
	MOVQ c+0(FP), R8
	MOVQ cstride+8(FP), R9
	MOVQ a+16(FP), R11
	MOVQ b+24(FP), R12
	MOVQ bstep+32(FP), R13
	MOVQ steps+40(FP), BX
	MOVQ panels+48(FP), R14
	MOVBQZX load+56(FP), DX
	LEAQ tileConfig<>(SB), AX
	LDTILECFG_AX
	MOVQ $64, CX
	MOVQ R9, R10
	SHLQ $4, R10
	ADDQ R8, R10
panel:
	MOVQ R11, SI
	MOVQ R12, DI
	TESTQ DX, DX
	JEQ fresh
	LOAD_C00
	LOAD_C01
	LOAD_C10
	LOAD_C11
	JMP start
fresh:
	TILEZERO_0
	TILEZERO_1
	TILEZERO_2
	TILEZERO_3
start:
	MOVQ BX, AX
step:
	LOAD_B0
	LOAD_A0
	LOAD_A1
	DOT_00
	LOAD_B1
	DOT_10
	DOT_01
	DOT_11
	ADDQ $2048, SI
	ADDQ $2048, DI
	DECQ AX
	JNE step
	STORE_C00
	STORE_C10
	STORE_C01
	STORE_C11
	ADDQ R13, R12
	ADDQ $128, R8
	ADDQ $128, R10
	DECQ R14
	JNE panel
	TILERELEASE
	VZEROUPPER
	RET

// func packRows(dst *uint16, src *float32, stride, tiles int)
//
// Packs 16 rows of 32*tiles values: tile t, at byte 2048*t of dst, holds columns 32t to 32t+31, a row in 64 bytes.
// stride is in bytes.
#define ROW(off) \
	VMOVUPS (R8), Z16; \
	VMOVUPS 64(R8), Z17; \
	ADDQ DX, R8; \
	CVT_Z0; \
	VMOVDQU32 Z0, off(DI)

TEXT ·packRows(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ tiles+24(FP), CX
rows:
	MOVQ SI, R8
	ROW(0)
	ROW(64)
	ROW(128)
	ROW(192)
	ROW(256)
	ROW(320)
	ROW(384)
	ROW(448)
	ROW(512)
	ROW(576)
	ROW(640)
	ROW(704)
	ROW(768)
	ROW(832)
	ROW(896)
	ROW(960)
	ADDQ $128, SI
	ADDQ $2048, DI
	DECQ CX
	JNE rows
	VZEROUPPER
	RET

// func packPairs(dst *uint16, src *float32, stride, panels, step int)
//
// Packs 32 rows of 32*panels values: the two tiles of panel p, at byte step*p of dst, hold columns 32p to 32p+31; row
// r of a tile holds rows 2r and 2r+1 of src, their 16 columns interleaved. stride is in bytes.
#define PAIR(off) \
	VMOVUPS (R8), Z16; \
	VMOVUPS (R8)(DX*1), Z17; \
	CVT_Z0; \
	VMOVUPS 64(R8), Z16; \
	VMOVUPS 64(R8)(DX*1), Z17; \
	LEAQ (R8)(DX*2), R8; \
	CVT_Z1; \
	VPERMW Z0, Z31, Z0; \
	VPERMW Z1, Z31, Z1; \
	VMOVDQU32 Z0, off(DI); \
	VMOVDQU32 Z1, (off+1024)(DI)

TEXT ·packPairs(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ panels+24(FP), CX
	MOVQ step+32(FP), BX
	VMOVDQU32 zip<>(SB), Z31
pairs:
	MOVQ SI, R8
	PAIR(0)
	PAIR(64)
	PAIR(128)
	PAIR(192)
	PAIR(256)
	PAIR(320)
	PAIR(384)
	PAIR(448)
	PAIR(512)
	PAIR(576)
	PAIR(640)
	PAIR(704)
	PAIR(768)
	PAIR(832)
	PAIR(896)
	PAIR(960)
	ADDQ $128, SI
	ADDQ BX, DI
	DECQ CX
	JNE pairs
	VZEROUPPER
	RET

// Transposing 16 rows of 16 double words, Z0 to Z15, takes four rounds of shuffles through Z16 to Z31: double words of
// neighbouring rows, then pairs of them, then quarters of a register twice.
#define ROUND1(a, b, lo, hi) \
	VPUNPCKLDQ b, a, lo; \
	VPUNPCKHDQ b, a, hi

// The four registers of a group hold, from columns 0, 1, 2 and 3 of each quarter, four rows.
#define ROUND2(t0, t1, t2, t3, u0, u1, u2, u3) \
	VPUNPCKLQDQ t2, t0, u0; \
	VPUNPCKHQDQ t2, t0, u1; \
	VPUNPCKLQDQ t3, t1, u2; \
	VPUNPCKHQDQ t3, t1, u3

// a, b, c and d come from rows 0-3, 4-7, 8-11 and 12-15; what they hold of columns k, 4+k, 8+k and 12+k becomes four
// rows at off, off+256, off+512 and off+768.
#define ROUND34(a, b, c, d, off) \
	VSHUFI32X4 $0x88, b, a, Z16; \
	VSHUFI32X4 $0xdd, b, a, Z17; \
	VSHUFI32X4 $0x88, d, c, Z18; \
	VSHUFI32X4 $0xdd, d, c, Z19; \
	VSHUFI32X4 $0x88, Z18, Z16, Z20; \
	VSHUFI32X4 $0x88, Z19, Z17, Z21; \
	VSHUFI32X4 $0xdd, Z18, Z16, Z22; \
	VSHUFI32X4 $0xdd, Z19, Z17, Z23; \
	VMOVDQU32 Z20, off(DI); \
	VMOVDQU32 Z21, (off+256)(DI); \
	VMOVDQU32 Z22, (off+512)(DI); \
	VMOVDQU32 Z23, (off+768)(DI)

#define TRANSPOSE \
	ROUND1(Z0, Z1, Z16, Z17); \
	ROUND1(Z2, Z3, Z18, Z19); \
	ROUND1(Z4, Z5, Z20, Z21); \
	ROUND1(Z6, Z7, Z22, Z23); \
	ROUND1(Z8, Z9, Z24, Z25); \
	ROUND1(Z10, Z11, Z26, Z27); \
	ROUND1(Z12, Z13, Z28, Z29); \
	ROUND1(Z14, Z15, Z30, Z31); \
	ROUND2(Z16, Z17, Z18, Z19, Z0, Z1, Z2, Z3); \
	ROUND2(Z20, Z21, Z22, Z23, Z4, Z5, Z6, Z7); \
	ROUND2(Z24, Z25, Z26, Z27, Z8, Z9, Z10, Z11); \
	ROUND2(Z28, Z29, Z30, Z31, Z12, Z13, Z14, Z15); \
	ROUND34(Z0, Z4, Z8, Z12, 0); \
	ROUND34(Z1, Z5, Z9, Z13, 64); \
	ROUND34(Z2, Z6, Z10, Z14, 128); \
	ROUND34(Z3, Z7, Z11, Z15, 192)

// func packRowsT(dst *uint16, src *float32, stride, tiles int)
//
// Like packRows, but each tile is transposed by pairs: row r holds values 2r and 2r+1 of each of the 16 rows of src.
#define ROWT(cvt) \
	VMOVUPS (R8), Z16; \
	VMOVUPS 64(R8), Z17; \
	ADDQ DX, R8; \
	cvt

TEXT ·packRowsT(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ tiles+24(FP), CX
rowst:
	MOVQ SI, R8
	ROWT(CVT_Z0)
	ROWT(CVT_Z1)
	ROWT(CVT_Z2)
	ROWT(CVT_Z3)
	ROWT(CVT_Z4)
	ROWT(CVT_Z5)
	ROWT(CVT_Z6)
	ROWT(CVT_Z7)
	ROWT(CVT_Z8)
	ROWT(CVT_Z9)
	ROWT(CVT_Z10)
	ROWT(CVT_Z11)
	ROWT(CVT_Z12)
	ROWT(CVT_Z13)
	ROWT(CVT_Z14)
	ROWT(CVT_Z15)
	TRANSPOSE
	ADDQ $128, SI
	ADDQ $2048, DI
	DECQ CX
	JNE rowst
	VZEROUPPER
	RET

// func packPairsT(dst *uint16, src *float32, stride, panels, step int)
//
// Like packPairs, but each tile is transposed by pairs: row i holds the 32 values of column i of src.
#define PAIRT(cvt, z, off) \
	VMOVUPS off(R8), Z16; \
	VMOVUPS off(R8)(DX*1), Z17; \
	LEAQ (R8)(DX*2), R8; \
	cvt; \
	VPERMW z, Z31, z

#define HALFT(off) \
	VMOVDQU32 zip<>(SB), Z31; \
	MOVQ SI, R8; \
	PAIRT(CVT_Z0, Z0, off); \
	PAIRT(CVT_Z1, Z1, off); \
	PAIRT(CVT_Z2, Z2, off); \
	PAIRT(CVT_Z3, Z3, off); \
	PAIRT(CVT_Z4, Z4, off); \
	PAIRT(CVT_Z5, Z5, off); \
	PAIRT(CVT_Z6, Z6, off); \
	PAIRT(CVT_Z7, Z7, off); \
	PAIRT(CVT_Z8, Z8, off); \
	PAIRT(CVT_Z9, Z9, off); \
	PAIRT(CVT_Z10, Z10, off); \
	PAIRT(CVT_Z11, Z11, off); \
	PAIRT(CVT_Z12, Z12, off); \
	PAIRT(CVT_Z13, Z13, off); \
	PAIRT(CVT_Z14, Z14, off); \
	PAIRT(CVT_Z15, Z15, off); \
	TRANSPOSE

TEXT ·packPairsT(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ panels+24(FP), CX
	MOVQ step+32(FP), BX
pairst:
	HALFT(0)
	ADDQ $1024, DI
	HALFT(64)
	SUBQ $1024, DI
	ADDQ $128, SI
	ADDQ BX, DI
	DECQ CX
	JNE pairst
	VZEROUPPER
	RET
