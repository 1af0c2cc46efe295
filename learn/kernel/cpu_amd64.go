package kernel

import "golang.org/x/sys/cpu"

// detect asks the processor. The cpu package also checks that the operating system saves the wide registers.
func detect() Level {
	x := &cpu.X86
	switch {
	case !x.HasAVX2:
		return Plain
	case !(x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL):
		return AVX2
	case !x.HasAVX512VNNI:
		return AVX512
	}
	return AVX512VNNI
}
