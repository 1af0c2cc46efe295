//go:build amd64

#include "textflag.h"

// Eighteen arrays are more than there are registers, so the pointers of half of them are fetched from the arguments
// each time. What the next row needs is asked for a row ahead: its arrays lie on eleven pages or more, too many for the
// processor to guess, and so a long sequence comes from memory in half the time. No product is fused with a sum, so
// that the bytes are those of sruPlainBack.
//
// func sruBackRow(n int, vf, vr, ux, xh, before, c, f, r, dh, carry, dux, duf, dur, dxh, dvf, dvr, dbf, dbr *float32, add int, next *sruNext)
TEXT ·sruBackRow(SB), NOSPLIT, $16-168
	MOVQ add+152(FP), AX
	KMOVW AX, K1
	MOVQ n+0(FP), CX
	SHLQ $2, CX
	MOVQ CX, limit-8(SP)
	XORQ CX, CX
	MOVQ ux+24(FP), SI
	MOVQ xh+32(FP), DI
	MOVQ before+40(FP), R8
	MOVQ c+48(FP), R9
	MOVQ f+56(FP), R10
	MOVQ r+64(FP), R11
	MOVQ dh+72(FP), R12
	MOVQ carry+80(FP), R13
	MOVL $0x3f800000, AX
	VPBROADCASTD AX, Z31
	MOVQ next+160(FP), DX
loop:
	MOVQ (DX), AX
	ADDQ CX, AX
	PREFETCHT0 (SI)(AX*1)
	MOVQ 8(DX), AX
	ADDQ CX, AX
	PREFETCHT0 (DI)(AX*1)
	MOVQ 16(DX), AX
	ADDQ CX, AX
	PREFETCHT0 (R8)(AX*1)
	PREFETCHT0 (R10)(AX*1)
	PREFETCHT0 (R11)(AX*1)
	MOVQ 24(DX), AX
	ADDQ CX, AX
	PREFETCHT0 (R12)(AX*1)
	MOVQ 32(DX), BX
	ADDQ CX, BX
	MOVQ dux+88(FP), AX
	PREFETCHT0 (AX)(BX*1)
	MOVQ duf+96(FP), AX
	PREFETCHT0 (AX)(BX*1)
	MOVQ dur+104(FP), AX
	PREFETCHT0 (AX)(BX*1)
	MOVQ 40(DX), BX
	ADDQ CX, BX
	MOVQ dxh+112(FP), AX
	PREFETCHT0 (AX)(BX*1)
	VMOVUPS (R10)(CX*1), Z0         // f
	VMOVUPS (R11)(CX*1), Z1         // r
	VMOVUPS (R12)(CX*1), Z2         // g
	VMOVUPS (R8)(CX*1), Z3          // p
	VMULPS Z1, Z2, Z4
	VADDPS (R13)(CX*1), Z4, Z4      // e = carry + g*r
	VSUBPS Z0, Z31, Z5              // keep = 1-f
	VSUBPS Z1, Z31, Z6              // pass = 1-r
	VMULPS Z6, Z2, Z7               // through = g*pass
	VMULPS Z0, Z4, Z8               // ef = e*f
	VSUBPS (SI)(CX*1), Z3, Z9       // p-ux
	VMULPS Z9, Z8, Z9
	VMULPS Z5, Z9, Z9               // gf
	VMOVUPS (R9)(CX*1), Z10
	VSUBPS (DI)(CX*1), Z10, Z10     // c-xh
	VMULPS Z10, Z2, Z10
	VMULPS Z1, Z10, Z10
	VMULPS Z6, Z10, Z10             // gr
	VMULPS Z5, Z4, Z4               // dux
	MOVQ vf+8(FP), AX
	VMULPS (AX)(CX*1), Z9, Z11
	VADDPS Z11, Z8, Z8
	MOVQ vr+16(FP), AX
	VMULPS (AX)(CX*1), Z10, Z11
	VADDPS Z11, Z8, Z8
	VMOVUPS Z8, (R13)(CX*1)
	MOVQ dux+88(FP), AX
	VMOVUPS Z4, (AX)(CX*1)
	MOVQ duf+96(FP), AX
	VMOVUPS Z9, (AX)(CX*1)
	MOVQ dur+104(FP), AX
	VMOVUPS Z10, (AX)(CX*1)
	MOVQ dxh+112(FP), AX
	VADDPS (AX)(CX*1), Z7, K1, Z7   // with add only
	VMOVUPS Z7, (AX)(CX*1)
	VMULPS Z3, Z9, Z11
	MOVQ dvf+120(FP), AX
	VADDPS (AX)(CX*1), Z11, Z11
	VMOVUPS Z11, (AX)(CX*1)
	VMULPS Z3, Z10, Z11
	MOVQ dvr+128(FP), AX
	VADDPS (AX)(CX*1), Z11, Z11
	VMOVUPS Z11, (AX)(CX*1)
	MOVQ dbf+136(FP), AX
	VADDPS (AX)(CX*1), Z9, Z9
	VMOVUPS Z9, (AX)(CX*1)
	MOVQ dbr+144(FP), AX
	VADDPS (AX)(CX*1), Z10, Z10
	VMOVUPS Z10, (AX)(CX*1)
	ADDQ $64, CX
	CMPQ CX, limit-8(SP)
	JLT loop
	VZEROUPPER
	RET
