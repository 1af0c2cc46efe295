package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"hearsay/read"
)

type versionCmd struct{}

func (versionCmd) Help() string {
	return `A reading names the same versions. The number of a model is a hash of its weights.

Example:
  hearsay version`
}

// Run prints the versions of the program, its models, the compiler and, where it is
// known, the commit.
func (versionCmd) Run(e *env) error {
	line := read.Version() + " " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
	if c := commit(); c != "" {
		line += " commit:" + c
	}
	if _, err := fmt.Fprintln(e.out, line); err != nil {
		return fmt.Errorf("write version: %w", err)
	}
	return nil
}

// commit returns the commit that the program was built from, with a + behind it
// where files had been changed, or "" where the build does not know.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	id, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			id = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	if id == "" {
		return ""
	}
	return id + changed
}
