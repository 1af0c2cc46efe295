//go:build amd64 && !linux

package kernel

// amxReady is false: Windows and macOS have other ways to ask for the tile registers, not tried here.
const amxReady = false
