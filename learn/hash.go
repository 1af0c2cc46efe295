package learn

import "github.com/cespare/xxhash/v2"

// Hash returns the hash of a string, the same on every machine.
func Hash(s string) uint64 { return xxhash.Sum64String(s) }

// Template returns the seed of feature template n.
func Template(n int) uint64 { return Mix(0x9e3779b97f4a7c15, uint64(n)+1) }

// Mix folds x into the hash h. Order matters.
func Mix(h, x uint64) uint64 {
	h ^= x
	h *= 0xff51afd7ed558ccd
	h ^= h >> 32
	return h
}

// HashBytes returns the hash of bytes, equal to Hash of the same string.
func HashBytes(b []byte) uint64 { return xxhash.Sum64(b) }
