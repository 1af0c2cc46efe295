package kernel

import "testing"

func TestUse(t *testing.T) {
	start := Use(Plain)
	defer Use(start)
	if got := Use(Level(99)); got != Plain {
		t.Errorf("Use returned %s, want the level before, plain", got)
	}
	if got := Use(Level(-1)); got != Best() {
		t.Errorf("a level above the best gave %s, want %s", got, Best())
	}
	if got := using(); got != Plain {
		t.Errorf("a level below plain gave %s", got)
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]Level{
		"plain": Plain, "avx2": AVX2, "avx512": AVX512VNNI, "": AVX512VNNI, "sse9": AVX512VNNI,
	} {
		if got := named(name); got != want {
			t.Errorf("HEARSAY_CPU=%s allows %s, want %s", name, got, want)
		}
	}
}
