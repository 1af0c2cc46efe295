//go:build !amd64

package kernel

// sruVectorBack is never chosen: the level here is always Plain.
func sruVectorBack(s *sruBack) { sruPlainBack(s) }
