//go:build !amd64

package kernel

func (c *sruCall) vector() bool { return false }
