package kernel

import (
	"os"
	"sync/atomic"
)

// A Level is a set of instructions that the kernels may use. Higher levels are faster and include the lower ones;
// the bytes that come out are the same at every level.
type Level int

const (
	// Plain is Go code that runs everywhere.
	Plain Level = iota
	// AVX2 is 256-bit vectors, on every x86-64 server and nearly every desktop since 2013.
	AVX2
	// AVX512 is 512-bit vectors (F, BW, DQ and VL), on servers since Skylake. Its int8 products are those of AVX2.
	AVX512
	// AVX512VNNI is AVX512 with int8 dot products, since Cascade Lake and Zen 4.
	AVX512VNNI
)

func (l Level) String() string {
	switch l {
	case Plain:
		return "plain"
	case AVX2:
		return "avx2"
	case AVX512:
		return "avx512"
	case AVX512VNNI:
		return "avx512vnni"
	}
	return "unknown"
}

var (
	best = detect()
	// level is the one in use. It is atomic because a test or benchmark may change it while another goroutine reads.
	level atomic.Int32
)

func init() { Use(named(os.Getenv("HEARSAY_CPU"))) }

// named returns the highest level that a value of HEARSAY_CPU allows. An unknown one allows all: a typing error costs
// no speed, and never a byte.
func named(s string) Level {
	switch s {
	case "plain":
		return Plain
	case "avx2":
		return AVX2
	}
	return AVX512VNNI
}

// Best returns the highest level that this processor and operating system support.
func Best() Level { return best }

// Use makes the kernels work at level l, or at Best if l is higher, and returns the level that was in use before, so
// that a test can put it back. The environment variable HEARSAY_CPU (plain, avx2, or avx512, which includes VNNI; noamx
// keeps training off AMX) sets
// the level at start.
func Use(l Level) Level {
	return Level(level.Swap(int32(max(Plain, min(l, best)))))
}

// using returns the level in use.
func using() Level { return Level(level.Load()) }
