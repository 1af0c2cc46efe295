package ledger

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

// The migrations are numbered and go up and down; both dialects have the same numbers.
//
//go:embed migrations
var migrations embed.FS

func (l *Ledger) provider() (*goose.Provider, error) {
	name := l.dialect.migrations()
	dir, err := fs.Sub(migrations, "migrations/"+name)
	if err != nil {
		return nil, err
	}
	d := goose.DialectPostgres
	if name == "sqlite" {
		d = goose.DialectSQLite3
	}
	return goose.NewProvider(d, l.writes, dir)
}

// migrate brings the tables up to date.
func (l *Ledger) migrate(ctx context.Context) error {
	foreign, err := l.dialect.foreign(ctx, l.writes)
	if err != nil {
		return err
	}
	if foreign {
		return fmt.Errorf("the database has tables, and they are not a ledger's")
	}
	p, err := l.provider()
	if err != nil {
		return err
	}
	has, knows, err := p.GetVersions(ctx)
	for try := 0; err == nil && has < knows; try++ {
		_, err = p.Up(ctx)
		if err == nil {
			return nil
		}
		// Another process may be at it too, or have been quicker: then all is well.
		if now, _, again := p.GetVersions(ctx); again == nil && now == knows {
			return nil
		}
		if try < 3 && ctx.Err() == nil {
			err = nil
			time.Sleep(100 * time.Millisecond)
		}
	}
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("%w: its tables have version %d, this program knows %d", ErrNewer, has, knows)
	}
	return nil
}

// Migrate brings the tables to a version: 0 drops them with all that they hold. It is for
// who goes back to an older program; [Open] brings them up again.
func (l *Ledger) Migrate(ctx context.Context, version int64) error {
	p, err := l.provider()
	if err != nil {
		return l.fail("migrate", err)
	}
	if has, _, err := p.GetVersions(ctx); err != nil {
		return l.fail("migrate", err)
	} else if has < version {
		_, err = p.UpTo(ctx, version)
		return l.fail("migrate", err)
	}
	_, err = p.DownTo(ctx, version)
	return l.fail("migrate", err)
}
