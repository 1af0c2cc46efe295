package ledger

import (
	"context"
	"errors"
	"fmt"
)

// What a caller may decide on.
var (
	// ErrNotFound is returned for what the ledger does not have, or did not have on the day
	// asked for.
	ErrNotFound = errors.New("not in the ledger")
	// ErrRedacted is returned for an article that was removed: see [Ledger.Redact].
	ErrRedacted = errors.New("redacted")
	// ErrNewer is returned where a newer program has changed the tables.
	ErrNewer = errors.New("written by a newer version of the program")
)

// Error is what went wrong, with what.
type Error struct {
	Op    string // what was tried: "store article a1b2…"
	Where string // path or address of the ledger, without a password
	Why   string // in plain words where the cause is known: "the disk is full"
	// Retry says that the same call may work later: another process is writing, or the
	// database is gone for now. Nothing was stored by the call that failed, except where the
	// connection broke while it was being confirmed; calls are safe to repeat.
	Retry bool
	Err   error
}

func (e *Error) Error() string {
	if e.Why == "" {
		return fmt.Sprintf("ledger %s: %s: %v", e.Where, e.Op, e.Err)
	}
	return fmt.Sprintf("ledger %s: %s: %s (%v)", e.Where, e.Op, e.Why, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Retryable says whether the call that gave an error may work later as it is.
func Retryable(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Retry
}

// fail wraps an error with the operation; nil stays nil and an Error stays as it is.
func (l *Ledger) fail(op string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &Error{Op: op, Where: l.where, Err: err}
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		e.Why, e.Retry = l.dialect.why(err)
	}
	return e
}
