package ledger

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// group lets calls that store articles at the same time share a transaction: while one is
// being written, those that come wait, and go together into the next.
type group struct {
	mu      sync.Mutex
	waiting []*call
	writing bool
	idle    sync.WaitGroup
}

// call is one call of Put.
type call struct {
	ctx   context.Context
	batch []*prepared
	out   []Outcome
	err   error
	done  chan struct{}
}

// together is how many articles go into a transaction at most, unless one call brings more.
const together = 256

func (g *group) put(ctx context.Context, l *Ledger, batch []*prepared) ([]Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &call{ctx: ctx, batch: batch, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, c)
	if !g.writing {
		g.writing = true
		g.idle.Add(1)
		go g.lead(l)
	}
	g.mu.Unlock()
	select {
	case <-c.done:
		return c.out, c.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// lead writes until nobody waits.
func (g *group) lead(l *Ledger) {
	defer g.idle.Done()
	for {
		g.mu.Lock()
		n, size := 0, 0
		for n < len(g.waiting) && (n == 0 || size+len(g.waiting[n].batch) <= together) {
			size += len(g.waiting[n].batch)
			n++
		}
		calls := slices.Clone(g.waiting[:n])
		g.waiting = g.waiting[n:]
		if n == 0 {
			g.writing = false
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		write(l, calls)
	}
}

// write stores calls in one transaction. One that cannot be stored does not take the others
// with it: unless the trouble is the database's, each is then tried by itself.
func write(l *Ledger, calls []*call) {
	var batch []*prepared
	for _, c := range calls {
		batch = append(batch, c.batch...)
	}
	ctx := context.Background() // shared: no caller's end may stop the others
	if len(calls) == 1 {
		ctx = calls[0].ctx
	}
	op := "store articles"
	if len(batch) == 1 {
		op = "store article " + naming(batch[0].Article)
	}
	var out []Outcome
	err := l.write(ctx, op, func(t *tx) (err error) {
		out, err = t.put(batch)
		return err
	})
	var known *Error
	if err != nil && len(calls) > 1 && !(errors.As(err, &known) && known.Why != "") {
		for i := range calls {
			write(l, calls[i:i+1])
		}
		return
	}
	for _, c := range calls {
		if c.err = err; err == nil {
			c.out, out = out[:len(c.batch)], out[len(c.batch):]
		}
		close(c.done)
	}
}

// wait returns when nothing is being written.
func (g *group) wait() { g.idle.Wait() }
