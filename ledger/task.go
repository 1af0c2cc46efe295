package ledger

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Task is one thing that a run has to do, such as a page to fetch or a file to read. Tasks
// are rows, so that a run that was killed goes on where it stopped.
type Task struct {
	Run     string    // such as the folder or the archive that is taken in
	Name    string    // of the thing, once in a run
	Payload []byte    // what the caller needs to do it
	Tries   int       // how often it failed
	Problem string    // how it failed last
	Due     time.Time // not before
}

// The states of a task.
const (
	waiting = "waiting"
	taken   = "taken"
	done    = "done"
	failed  = "failed"
)

// Enqueue adds tasks that the run does not have yet, and returns how many those were.
func (l *Ledger) Enqueue(ctx context.Context, tasks ...Task) (added int, err error) {
	err = l.write(ctx, "add tasks", func(t *tx) error {
		added = 0
		for part := range slices.Chunk(tasks, 500) {
			var values []string
			var args []any
			for _, k := range part {
				if k.Payload == nil {
					k.Payload = []byte{}
				}
				values = append(values, "("+places(len(args)+1, 7)+")")
				args = append(args, clean(k.Run), clean(k.Name), k.Payload, waiting, 0, micro(k.Due), "")
			}
			n, err := t.exec(`INSERT INTO task (run, name, payload, state, tries, due, problem) VALUES `+strings.Join(values, ", ")+
				` ON CONFLICT (run, name) DO NOTHING`, args...)
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	return added, err
}

// Take gives out up to n tasks that are due, in the order in which they were added, and to
// nobody else until they are done, failed or released.
func (l *Ledger) Take(ctx context.Context, run string, now time.Time, n int) (out []Task, err error) {
	err = l.write(ctx, "take tasks of "+run, func(t *tx) error {
		out = nil
		rows, err := t.QueryContext(t.ctx, `SELECT id, name, payload, tries, problem, due FROM task WHERE run = $1 AND state = $2 AND due <= $3 ORDER BY id LIMIT $4`,
			run, waiting, micro(now), n)
		if err != nil {
			return err
		}
		defer rows.Close()
		var ids []int64
		for rows.Next() {
			k := Task{Run: run}
			var id, due int64
			if err := rows.Scan(&id, &k.Name, &k.Payload, &k.Tries, &k.Problem, &due); err != nil {
				return err
			}
			k.Due = moment(due)
			ids, out = append(ids, id), append(out, k)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for part := range slices.Chunk(ids, 500) {
			args := []any{taken}
			for _, id := range part {
				args = append(args, id)
			}
			if _, err := t.exec(`UPDATE task SET state = $1 WHERE id IN (`+places(2, len(part))+`)`, args...); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Release gives back what was taken and neither done nor failed: what a run does first,
// after one that was killed. It returns how many tasks those were.
func (l *Ledger) Release(ctx context.Context, run string) (n int, err error) {
	err = l.write(ctx, "release tasks of "+run, func(t *tx) error {
		rows, err := t.exec(`UPDATE task SET state = $1 WHERE run = $2 AND state = $3`, waiting, run, taken)
		n = int(rows)
		return err
	})
	return n, err
}

// Done marks tasks as done. What stores an article does so itself; see [Item].
func (l *Ledger) Done(ctx context.Context, run string, names ...string) error {
	return l.write(ctx, "finish tasks of "+run, func(t *tx) error {
		for _, name := range names {
			if err := t.done(run, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) done(run, name string) error {
	_, err := t.exec(`UPDATE task SET state = $1, problem = '' WHERE run = $2 AND name = $3 AND state <> $1`, done, clean(run), clean(name))
	return err
}

// Fail records that a task failed. It is tried again at a moment, or never where that is
// zero.
func (l *Ledger) Fail(ctx context.Context, run, name, problem string, again time.Time) error {
	state := waiting
	if again.IsZero() {
		state = failed
	}
	return l.write(ctx, "fail task "+name, func(t *tx) error {
		_, err := t.exec(`UPDATE task SET state = $1, tries = tries + 1, problem = $2, due = $3 WHERE run = $4 AND name = $5`,
			state, clean(problem), micro(again), clean(run), clean(name))
		return err
	})
}

// Failed returns the tasks that failed and are not tried again, in the order in which they
// were added.
func (l *Ledger) Failed(ctx context.Context) ([]Task, error) {
	rows, err := l.reads.QueryContext(ctx, `SELECT run, name, tries, problem FROM task WHERE state = $1 ORDER BY id`, failed)
	if err != nil {
		return nil, l.fail("list failed tasks", err)
	}
	defer rows.Close()
	var out []Task
	for rows.Next() {
		var k Task
		if err := rows.Scan(&k.Run, &k.Name, &k.Tries, &k.Problem); err != nil {
			return nil, l.fail("list failed tasks", err)
		}
		out = append(out, k)
	}
	return out, l.fail("list failed tasks", rows.Err())
}

// Progress is how many tasks of a run are in which state.
type Progress struct{ Waiting, Taken, Done, Failed int }

// Progress returns how far a run is.
func (l *Ledger) Progress(ctx context.Context, run string) (p Progress, err error) {
	err = l.reads.QueryRowContext(ctx, `SELECT count(CASE state WHEN 'waiting' THEN 1 END), count(CASE state WHEN 'taken' THEN 1 END),
		count(CASE state WHEN 'done' THEN 1 END), count(CASE state WHEN 'failed' THEN 1 END) FROM task WHERE run = $1`, run).
		Scan(&p.Waiting, &p.Taken, &p.Done, &p.Failed)
	return p, l.fail("count tasks of "+run, err)
}

// Forget removes the tasks of a run.
func (l *Ledger) Forget(ctx context.Context, run string) error {
	return l.write(ctx, "forget tasks of "+run, func(t *tx) error {
		_, err := t.exec(`DELETE FROM task WHERE run = $1`, run)
		return err
	})
}

// SetCheckpoint keeps a value under a name, such as how far an archive was read.
func (l *Ledger) SetCheckpoint(ctx context.Context, name, value string) error {
	return l.write(ctx, "set checkpoint "+name, func(t *tx) error { return t.checkpoint(name, value) })
}

func (t *tx) checkpoint(name, value string) error {
	_, err := t.exec(`INSERT INTO checkpoint (name, value, recorded) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, recorded = excluded.recorded WHERE checkpoint.value <> excluded.value`,
		clean(name), clean(value), t.now)
	return err
}

// Checkpoint returns the value kept under a name, or "".
func (l *Ledger) Checkpoint(ctx context.Context, name string) (value string, err error) {
	err = l.reads.QueryRowContext(ctx, `SELECT value FROM checkpoint WHERE name = $1`, name).Scan(&value)
	if none(err) {
		return "", nil
	}
	return value, l.fail("read checkpoint "+name, err)
}
