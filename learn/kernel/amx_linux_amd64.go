package kernel

import (
	"os"
	"syscall"

	"golang.org/x/sys/cpu"
)

// amxReady reports whether this process may use the tile registers. Linux saves them only for processes that ask, as
// they make every signal frame 8 KB larger; Go's signal stacks of 32 KB have the room. The
// environment variable HEARSAY_CPU set to noamx leaves them alone, for products in float32.
var amxReady = requestAMX()

func requestAMX() bool {
	x := &cpu.X86
	if os.Getenv("HEARSAY_CPU") == "noamx" {
		return false
	}
	if !(x.HasAMXTile && x.HasAMXBF16 && x.HasAVX512BF16 && x.HasAVX512F && x.HasAVX512BW) {
		return false
	}
	const (
		archReqXcompPerm = 0x1023 // ARCH_REQ_XCOMP_PERM of asm/prctl.h, since Linux 5.16
		xtileData        = 18     // the state component of the tile registers
	)
	_, _, errno := syscall.RawSyscall(syscall.SYS_ARCH_PRCTL, archReqXcompPerm, xtileData, 0)
	return errno == 0
}
