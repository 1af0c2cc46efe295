package ledger

import (
	"context"
	"encoding/json"
	"time"
)

// Feed is a source that is polled, with how it has fared. It is kept as it is now: a
// schedule has no history.
type Feed struct {
	Address string        `json:"address"`
	Kind    string        `json:"kind"` // "rss", "folder", …
	Title   string        `json:"title,omitzero"`
	Outlet  string        `json:"outlet,omitzero"`
	Every   time.Duration `json:"every"`
	Due     time.Time     `json:"due"`
	Tried   time.Time     `json:"tried,omitzero"`
	Worked  time.Time     `json:"worked,omitzero"` // when it last answered as it should
	// ETag and Modified are for conditional requests.
	ETag     string `json:"etag,omitzero"`
	Modified string `json:"modified,omitzero"`
	// Health is "ok", "empty" where it answers and has nothing, or "broken"; Problem says
	// what is wrong, Fails how many times in a row.
	Health  string `json:"health,omitzero"`
	Problem string `json:"problem,omitzero"`
	Fails   int    `json:"fails,omitzero"`
	// More is what else the collector keeps of it.
	More json.RawMessage `json:"more,omitzero"`
}

const feedColumns = `address, kind, title, outlet, every, due, tried, worked, etag, modified, health, problem, fails, more`

// SaveFeed adds a feed or replaces what is kept of its address.
func (l *Ledger) SaveFeed(ctx context.Context, f Feed) error {
	return l.write(ctx, "save feed "+f.Address, func(t *tx) error {
		if _, err := t.exec(`DELETE FROM feed WHERE address = $1`, f.Address); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO feed (`+feedColumns+`) VALUES (`+places(1, 14)+`)`, f.Address, clean(f.Kind), clean(f.Title), clean(f.Outlet),
			f.Every.Microseconds(), micro(f.Due), micro(f.Tried), micro(f.Worked), clean(f.ETag), clean(f.Modified), clean(f.Health), clean(f.Problem),
			int64(f.Fails), string(f.More))
		return err
	})
}

// DropFeed removes a feed; what came from it stays.
func (l *Ledger) DropFeed(ctx context.Context, address string) error {
	return l.write(ctx, "drop feed "+address, func(t *tx) error {
		n, err := t.exec(`DELETE FROM feed WHERE address = $1`, address)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
}

// Feeds returns all feeds in order of their addresses.
func (l *Ledger) Feeds(ctx context.Context) ([]Feed, error) {
	out, err := feeds(ctx, l.reads, ` ORDER BY address`)
	return out, l.fail("list feeds", err)
}

// DueFeeds returns the feeds whose time has come, the longest due first.
func (l *Ledger) DueFeeds(ctx context.Context, now time.Time) ([]Feed, error) {
	out, err := feeds(ctx, l.reads, ` WHERE due <= $1 ORDER BY due, address`, micro(now))
	return out, l.fail("list feeds that are due", err)
}

func feeds(ctx context.Context, q querier, rest string, args ...any) ([]Feed, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+feedColumns+` FROM feed`+rest, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Feed
	for rows.Next() {
		var f Feed
		var every, due, tried, worked int64
		var more string
		if err := rows.Scan(&f.Address, &f.Kind, &f.Title, &f.Outlet, &every, &due, &tried, &worked, &f.ETag, &f.Modified, &f.Health, &f.Problem, &f.Fails, &more); err != nil {
			return nil, err
		}
		f.Every, f.Due, f.Tried, f.Worked = time.Duration(every)*time.Microsecond, moment(due), moment(tried), moment(worked)
		if more != "" {
			f.More = json.RawMessage(more)
		}
		out = append(out, f)
	}
	return out, rows.Err()
}
