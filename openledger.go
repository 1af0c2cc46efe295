package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"hearsay/ledger"
	"hearsay/lexicon/kb"
)

// ledgerFlag says which ledger a command works on.
type ledgerFlag struct {
	Ledger string `env:"HEARSAY_LEDGER" placeholder:"PATH|URL" help:"The ledger: a file, or postgres://… Unless given: hearsay/ledger.db in your data directory."`
}

// open opens a ledger that is there. A command that only looks makes none.
func (f *ledgerFlag) open(e *env) (*ledger.Ledger, error) {
	if !isPostgres(f.Ledger) {
		path := f.Ledger
		if path == "" {
			var err error
			if path, err = ledger.DefaultPath(); err != nil {
				return nil, err
			}
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("no ledger at %s yet; hearsay ingest SOURCE makes one, --ledger names another", path)
		}
	}
	return ledger.Open(e, f.Ledger)
}

// make opens a ledger, and makes it where there is none.
func (f *ledgerFlag) make(e *env) (*ledger.Ledger, error) { return ledger.Open(e, f.Ledger) }

func isPostgres(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// viewFlag says as of when a command looks.
type viewFlag struct {
	ledgerFlag `embed:""`
	AsKnownOn  string `placeholder:"DATE" help:"What the ledger knew at the end of that day (YYYY-MM-DD, in UTC), or at that moment (RFC 3339)."`
}

// view opens the ledger and returns it as it was known.
func (f *viewFlag) view(e *env) (*ledger.Ledger, ledger.View, error) {
	at, err := f.moment()
	if err != nil {
		return nil, ledger.View{}, err
	}
	l, err := f.open(e)
	if err != nil {
		return nil, ledger.View{}, err
	}
	return l, l.AsOf(at), nil
}

// moment returns when to look, or zero for now.
func (f *viewFlag) moment() (time.Time, error) {
	if f.AsKnownOn == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, f.AsKnownOn); err == nil {
		return t.Add(24*time.Hour - time.Microsecond), nil
	}
	t, err := time.Parse(time.RFC3339, f.AsKnownOn)
	if err != nil {
		return t, usageError(fmt.Sprintf("--as-known-on %s: neither a day such as 2026-03-15 nor a moment such as 2026-03-15T18:00:00Z", f.AsKnownOn))
	}
	return t, nil
}

// outlets returns what the knowledge base has of outlets, for those that count them.
func outlets(k *kb.KB) func(name, on string) (*kb.Entry, bool) {
	return func(name, on string) (*kb.Entry, bool) {
		day, err := kb.ParseDay(on[:min(len(on), len(time.DateOnly))])
		if err != nil {
			day = 0
		}
		return k.Outlet(name, day)
	}
}

// owner returns the name of an outlet and the family of its owner.
func owner(k *kb.KB) func(nameOrDomain, day string) (name, family string) {
	find := outlets(k)
	return func(nameOrDomain, day string) (string, string) {
		entry, ok := find(nameOrDomain, day)
		if !ok {
			return "", ""
		}
		return entry.Name, entry.Outlet.Owner
	}
}
