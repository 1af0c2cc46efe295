package ingest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/collect"
	"hearsay/ledger"
)

// site is a server whose pages a test changes.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // an empty one is an error of the server
	asked map[string]int
}

func newSite(t *testing.T) *site {
	s := &site{pages: map[string]string{}, asked: map[string]int{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked[r.URL.Path]++
		page, ok := s.pages[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(w, r)
		case page == "":
			http.Error(w, "broken", http.StatusBadRequest)
		case strings.HasPrefix(page, "<rss"):
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, page)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) put(path, page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// feed lists the stories with these numbers; a version other than 0 says that they were changed.
func (s *site) feed(version int, numbers ...int) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Wire</title>`)
	for _, n := range numbers {
		fmt.Fprintf(&b, `<item><title>Story %d</title><link>%s/story/%d</link><pubDate>Thu, 04 Mar 2021 09:30:00 GMT</pubDate><source url="https://fjord.example/feed">Fjord Post</source>`, n, s.URL, n)
		if version > 0 {
			fmt.Fprintf(&b, `<atom:updated>2021-03-04T1%d:00:00Z</atom:updated>`, version)
		}
		b.WriteString(`</item>`)
	}
	b.WriteString(`</channel></rss>`)
	s.put("/feed.xml", b.String())
}

func page(text string) string {
	return "<html><head><title>Closed</title></head><body><article><h1>Closed</h1><p>" + strings.ReplaceAll(strings.TrimSpace(text), "\n\n", "</p><p>") + "</p></article></body></html>"
}

// fetching returns an Ingest that may speak to the test's own server, and asks without pauses.
func fetching(l *ledger.Ledger, now func() time.Time) (*Ingest, *[]string) {
	in, problems := newIngest(l, 2)
	in.Collector = &collect.Collector{Fetcher: collect.NewFetcher(collect.FetchOptions{AllowPrivate: true, Delay: time.Microsecond, Retries: -1}), Now: now}
	in.Clock = now
	return in, problems
}

func TestCollect(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	s := newSite(t)
	s.feed(0, 1, 2)
	s.put("/story/1", page(story(1)))
	clock := time.Date(2031, 3, 5, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	if err := Subscribe(t.Context(), l, s.URL+"/feed.xml", 0, "", clock); err != nil {
		t.Fatal(err)
	}
	once := func() (Tally, []string) {
		t.Helper()
		in, problems := fetching(l, now)
		if err := in.Collect(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		return in.Tally(), *problems
	}
	feed := func() ledger.Feed {
		feeds, err := l.Feeds(t.Context())
		if err != nil || len(feeds) != 1 {
			t.Fatalf("%d feeds, %v", len(feeds), err)
		}
		return feeds[0]
	}

	// One story is there, the other is named and missing.
	if got, problems := once(); got.Stored != 1 || got.Failed != 1 || len(problems) != 1 {
		t.Errorf("first: %+v %q", got, problems)
	}
	if f := feed(); f.Health != "ok" || f.Title != "Harbour Wire" || !f.Due.After(clock) {
		t.Errorf("feed after the first poll: %+v", f)
	}
	a, err := l.Now().Articles(t.Context(), ledger.Filter{})
	if err != nil || len(a.Hits) != 1 {
		t.Fatalf("%d articles, %v", len(a.Hits), err)
	}
	stored, err := l.Now().Article(t.Context(), a.Hits[0].Article)
	if err != nil {
		t.Fatal(err)
	}
	if e := stored.Content.Evidence; e.FeedFrom != "Fjord Post" || e.FeedURL != "https://fjord.example/feed" || e.Feed != s.URL+"/feed.xml" || e.Published != "2021-03-04T09:30:00Z" {
		t.Errorf("evidence of origin: %+v", e)
	}

	// Nothing is asked for again at once: what is stored is known, what failed has a pause.
	clock = clock.Add(time.Minute)
	if got, _ := once(); got.Pages != 0 || s.count("/story/1") != 1 || s.count("/story/2") != 1 {
		t.Errorf("at once: %+v; asked for %v", got, s.asked)
	}
	if f := feed(); f.Health != "empty" || f.Fails != 0 {
		t.Errorf("a feed with nothing new: %+v", f)
	}

	// Later the missing page is there.
	s.put("/story/2", page(story(2)))
	clock = clock.Add(time.Hour)
	if got, _ := once(); got.Stored != 1 || got.Failed != 0 {
		t.Errorf("an hour later: %+v", got)
	}

	// A page whose entry says that it was changed is a revision.
	s.put("/story/1", page(strings.Replace(story(1), "would stay closed", "would not open", 1)))
	s.feed(1, 1)
	clock = clock.Add(time.Hour)
	if got, _ := once(); got.Revisions != 1 {
		t.Errorf("changed: %+v", got)
	}

	// A feed that breaks is not one that is empty.
	s.put("/feed.xml", "")
	clock = clock.Add(time.Hour)
	if _, problems := once(); len(problems) != 1 {
		t.Errorf("broken: %q", problems)
	}
	if f := feed(); f.Health != "broken" || f.Fails != 1 || f.Problem == "" {
		t.Errorf("a broken feed: %+v", f)
	}
	if got := verified(t, l); got != 3 {
		t.Errorf("%d articles, want 3", got)
	}
	if err := Unsubscribe(t.Context(), l, s.URL+"/feed.xml"); err != nil {
		t.Fatal(err)
	}
	if feeds, err := l.Feeds(t.Context()); err != nil || len(feeds) != 0 {
		t.Errorf("after it was removed: %v, %v", feeds, err)
	}
}

// Until they are due, sources are not asked.
func TestCollectDue(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	s := newSite(t)
	s.feed(0)
	now := time.Date(2031, 3, 5, 12, 0, 0, 0, time.UTC)
	if err := Subscribe(t.Context(), l, s.URL+"/feed.xml", time.Hour, "", now); err != nil {
		t.Fatal(err)
	}
	ask := func() int {
		in, _ := fetching(l, func() time.Time { return now })
		due, err := l.DueFeeds(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		if err := in.poll(t.Context(), due); err != nil {
			t.Fatal(err)
		}
		return s.count("/feed.xml")
	}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {30 * time.Minute, 1}, {40 * time.Minute, 2}, {time.Minute, 2}} {
		now = now.Add(step.after)
		if got := ask(); got != step.want {
			t.Errorf("at %s: asked %d times, want %d", now.Format("15:04"), got, step.want)
		}
	}
}

// A folder is a source too: what is put into it is taken in.
func TestCollectFolder(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	dir := t.TempDir()
	clock := time.Date(2031, 3, 5, 12, 0, 0, 0, time.UTC)
	if err := Subscribe(t.Context(), l, dir, 0, "Harbour Wire", clock); err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		lines(t, filepath.Join(dir, fmt.Sprintf("%d.jsonl", n)), n, n+1)
		in, _ := fetching(l, func() time.Time { return clock })
		if err := in.Collect(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		if got := in.Tally(); got.Stored != 1 || got.Known != n {
			t.Errorf("poll %d: %+v", n, got)
		}
	}
}
