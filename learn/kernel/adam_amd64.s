//go:build amd64

#include "textflag.h"

// No product is fused with a sum, so that the bytes are those of the plain code.

// func adamRows(n int, w, grad, m, v *float32, k *[8]float32)
TEXT ·adamRows(SB), NOSPLIT, $0-48
	MOVQ n+0(FP), CX
	MOVQ w+8(FP), DI
	MOVQ grad+16(FP), SI
	MOVQ m+24(FP), R8
	MOVQ v+32(FP), R9
	MOVQ k+40(FP), AX
	VBROADCASTSS (AX), Z16   // beta1
	VBROADCASTSS 4(AX), Z17  // 1-beta1
	VBROADCASTSS 8(AX), Z18  // beta2
	VBROADCASTSS 12(AX), Z19 // 1-beta2
	VBROADCASTSS 16(AX), Z20 // correct2
	VBROADCASTSS 20(AX), Z21 // eps
	VBROADCASTSS 24(AX), Z22 // rate*correct1
	VBROADCASTSS 28(AX), Z23 // 1-rate*decay
	XORQ AX, AX
adam:
	VMOVUPS (SI)(AX*4), Z0
	VMULPS (R8)(AX*4), Z16, Z1
	VMULPS Z0, Z17, Z2
	VADDPS Z2, Z1, Z1
	VMOVUPS Z1, (R8)(AX*4)
	VMULPS Z0, Z0, Z0
	VMULPS Z0, Z19, Z0
	VMULPS (R9)(AX*4), Z18, Z2
	VADDPS Z0, Z2, Z2
	VMOVUPS Z2, (R9)(AX*4)
	VMULPS Z20, Z2, Z2
	VSQRTPS Z2, Z2
	VADDPS Z21, Z2, Z2
	VMULPS Z1, Z22, Z1
	VDIVPS Z2, Z1, Z1
	VMULPS (DI)(AX*4), Z23, Z3
	VSUBPS Z1, Z3, Z3
	VMOVUPS Z3, (DI)(AX*4)
	ADDQ $16, AX
	CMPQ AX, CX
	JLT adam
	VZEROUPPER
	RET

// func axpyRows(n int, y, x *float32, a float32)
TEXT ·axpyRows(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ y+8(FP), DI
	MOVQ x+16(FP), SI
	VBROADCASTSS a+24(FP), Z16
	XORQ AX, AX
axpy:
	VMULPS (SI)(AX*4), Z16, Z0
	VADDPS (DI)(AX*4), Z0, Z0
	VMOVUPS Z0, (DI)(AX*4)
	ADDQ $16, AX
	CMPQ AX, CX
	JLT axpy
	VZEROUPPER
	RET

// func scaleRows(n int, x *float32, a float32)
TEXT ·scaleRows(SB), NOSPLIT, $0-20
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	VBROADCASTSS a+16(FP), Z16
	XORQ AX, AX
scale:
	VMULPS (DI)(AX*4), Z16, Z0
	VMOVUPS Z0, (DI)(AX*4)
	ADDQ $16, AX
	CMPQ AX, CX
	JLT scale
	VZEROUPPER
	RET

// func sumSquaresRows(n int, x *float32, sums *[32]float64)
TEXT ·sumSquaresRows(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	MOVQ sums+16(FP), DI
	VXORPD X0, X0, X0
	VXORPD X1, X1, X1
	VXORPD X2, X2, X2
	VXORPD X3, X3, X3
	XORQ AX, AX
squares:
	VCVTPS2PD (SI)(AX*4), Z4
	VCVTPS2PD 32(SI)(AX*4), Z5
	VCVTPS2PD 64(SI)(AX*4), Z6
	VCVTPS2PD 96(SI)(AX*4), Z7
	VFMADD231PD Z4, Z4, Z0
	VFMADD231PD Z5, Z5, Z1
	VFMADD231PD Z6, Z6, Z2
	VFMADD231PD Z7, Z7, Z3
	ADDQ $32, AX
	CMPQ AX, CX
	JLT squares
	VMOVUPD Z0, (DI)
	VMOVUPD Z1, 64(DI)
	VMOVUPD Z2, 128(DI)
	VMOVUPD Z3, 192(DI)
	VZEROUPPER
	RET
