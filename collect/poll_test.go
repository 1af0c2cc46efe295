package collect

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const oneEntry = `<!-- Fictional example --><rss version="2.0"><channel><title>The Harbour Post</title><ttl>30</ttl><item><title>Ferry</title><link>/1</link></item></channel></rss>`

// TestPoll polls a source again and again, as it changes, and follows its health.
func TestPoll(t *testing.T) {
	var reply http.HandlerFunc
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		reply(w, r)
	}))
	defer server.Close()
	say := func(text string, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			if tag := w.Header().Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			io.WriteString(w, text)
		}
	}
	status := func(code int, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
		}
	}
	moved := func(then http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
				return
			}
			then(w, r)
		}
	}
	f, clock := local(FetchOptions{Retries: -1})
	seen := map[string]bool{}
	c := &Collector{Fetcher: f, Now: clock.now, Seen: func(e Entry) bool { return seen[e.Key()] }}
	s := Subscribe(server.URL+"/feed", 0)
	// A step is an hour, and the one behind Retry-After waits for it.
	at := func(step int) time.Time {
		if step > 7 {
			step += 5
		}
		return march.Add(time.Duration(step) * time.Hour)
	}
	hour := func(step int) string { return at(step).Format("2006-01-02 15:04") }
	for i, step := range []struct {
		name     string
		reply    http.HandlerFunc
		health   string
		failures int
		fresh    int
		lost     bool          // what was new is not dealt with
		url      string        // path that is asked next
		wait     time.Duration // until the next poll, at least
	}{
		{name: "new", reply: say(oneEntry, "ETag", `"1"`), health: "alive since " + hour(0) + " (new entries): 1", fresh: 1, lost: true, url: "/feed", wait: 30 * time.Minute},
		{name: "lost in a crash: new again", reply: say(oneEntry, "ETag", `"1"`), health: "alive since " + hour(0) + " (new entries): 1", fresh: 1, url: "/feed", wait: 30 * time.Minute},
		{name: "unchanged", reply: say(oneEntry, "ETag", `"1"`), health: "empty since " + hour(2) + " (unchanged)", url: "/feed", wait: 30 * time.Minute},
		{name: "changed, but nothing new", reply: say(oneEntry, "ETag", `"2"`, "Cache-Control", "public, max-age=7200"), health: "empty since " + hour(2) + " (nothing new)", url: "/feed", wait: 2 * time.Hour},
		{name: "no entries", reply: say(`<rss version="2.0"><channel><title>T</title></channel></rss>`), health: "empty since " + hour(2) + " (no entries)", url: "/feed", wait: 15 * time.Minute},
		{name: "server broken", reply: status(500), health: "broken since " + hour(5) + " (HTTP error): HTTP 500 Internal Server Error", failures: 1, url: "/feed", wait: 30 * time.Minute},
		{name: "still", reply: status(404), health: "broken since " + hour(5) + " (HTTP error): HTTP 404 Not Found", failures: 2, url: "/feed", wait: time.Hour},
		{name: "later", reply: status(503, "Retry-After", "18000"), health: "broken since " + hour(5) + " (HTTP error): HTTP 503 Service Unavailable", failures: 3, url: "/feed", wait: 5 * time.Hour},
		{name: "a page in its place", reply: say("<!DOCTYPE html><html>", "Content-Type", "text/html"), health: "broken since " + hour(8) + " (not a feed): read feed HOST/feed: not a feed, but an HTML page", failures: 4, url: "/feed", wait: 4 * time.Hour},
		{name: "nothing at all", reply: say(""), health: "broken since " + hour(8) + " (not a feed): read feed HOST/feed: not a feed, but empty", failures: 5, url: "/feed", wait: 8 * time.Hour},
		{name: "cut off", reply: say("<rss><channel><item>"), health: "broken since " + hour(10) + " (cannot be parsed): read feed HOST/feed: XML syntax error on line 1: unexpected EOF", failures: 6, url: "/feed", wait: 16 * time.Hour},
		{name: "a picture", reply: say("\x89PNG", "Content-Type", "image/png"), health: "broken since " + hour(11) + ` (wrong content type): wrong content type: content type "image/png"`, failures: 7, url: "/feed", wait: 24 * time.Hour},
		{name: "gone", reply: status(410), health: "broken since " + hour(12) + " (gone): HTTP 410 Gone", failures: 8, url: "/feed", wait: 7 * 24 * time.Hour},
		{name: "moved to a page", reply: moved(say("<html>")), health: "broken since " + hour(13) + " (moved): moved permanently to HOST/new: read feed HOST/new: not a feed, but an HTML page", failures: 9, url: "/feed", wait: 24 * time.Hour},
		{name: "moved", reply: moved(say(strings.ReplaceAll(oneEntry, "/1", "/2"))), health: "alive since " + hour(14) + " (new entries): 1", fresh: 1, url: "/new", wait: 30 * time.Minute},
		{name: "a sitemap", reply: say(`<urlset><url><loc>/3</loc></url></urlset>`), health: "alive since " + hour(14) + " (new entries): 1", fresh: 1, url: "/new", wait: 15 * time.Minute},
		{name: "an index of sitemaps", reply: say(`<sitemapindex><sitemap><loc>/3</loc></sitemap></sitemapindex>`), failures: 1, url: "/new", wait: 30 * time.Minute,
			health: "broken since " + hour(16) + " (cannot be parsed): read sitemap HOST/new: an index of sitemaps; poll one that changes, such as its news sitemap"},
	} {
		reply = step.reply
		clock.mu.Lock()
		clock.at = at(i)
		clock.mu.Unlock()
		poll, next, err := c.Poll(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if !step.lost {
			next = next.Took(poll)
			for _, e := range poll.New {
				seen[e.Key()] = true
			}
		}
		next.Polled = next.Polled.Truncate(time.Minute) // less the seconds of politeness
		// The state comes back from where it was stored.
		stored, err := json.Marshal(next)
		if err != nil {
			t.Fatal(err)
		}
		s = State{}
		if err := json.Unmarshal(stored, &s); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.health, strings.ReplaceAll(s.Health.String(), server.URL, "HOST")); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
		if s.Health.Failures != step.failures || len(poll.New) != step.fresh || s.URL != server.URL+step.url || s.Asked != server.URL+"/feed" || (poll.Err != nil) != (step.failures > 0) {
			t.Errorf("%s: failures %d, new %d, URL %s, asked %s, error %v", step.name, s.Health.Failures, len(poll.New), s.URL, s.Asked, poll.Err)
		}
		if wait := s.Due(s.Polled).Sub(s.Polled); wait < step.wait || wait > step.wait*111/100+time.Minute {
			t.Errorf("%s: next poll after %v, want %v", step.name, wait, step.wait)
		}
	}
}

func TestDue(t *testing.T) {
	const spreadOut = 11 // tenths of an interval
	for _, test := range []struct {
		name  string
		state State
		now   time.Time
		want  time.Duration // after now; as much as a tenth more is the spread
	}{
		{"never polled", State{}, march, 0},
		{"a quarter of an hour", State{Polled: march}, march, 15 * time.Minute},
		{"half of it is over", State{Polled: march}, march.Add(5 * time.Minute), 10 * time.Minute},
		{"long due", State{Polled: march}, march.Add(24 * time.Hour), -(24*time.Hour - 15*time.Minute)},
		{"own interval", State{Polled: march, Every: time.Hour}, march, time.Hour},
		{"never more often than each minute", State{Polled: march, Every: time.Second}, march, time.Minute},
		{"the feed asks for longer", State{Polled: march, Hint: time.Hour}, march, time.Hour},
		{"the feed asks for too long", State{Polled: march, Hint: 7 * 24 * time.Hour}, march, 6 * time.Hour},
		{"the feed asks for shorter", State{Polled: march, Every: time.Hour, Hint: time.Minute}, march, time.Hour},
		{"one failure", State{Polled: march, Health: Health{Condition: Broken, Failures: 1}}, march, 30 * time.Minute},
		{"four failures", State{Polled: march, Health: Health{Condition: Broken, Failures: 4}}, march, 4 * time.Hour},
		{"countless failures", State{Polled: march, Health: Health{Condition: Broken, Failures: 1 << 40}}, march, 24 * time.Hour},
		{"failures, and an interval longer than the cap", State{Polled: march, Every: 48 * time.Hour, Health: Health{Condition: Broken, Failures: 3}}, march, 48 * time.Hour},
		{"gone", State{Polled: march, Health: Health{Condition: Broken, Reason: ReasonGone, Failures: 1}}, march, 7 * 24 * time.Hour},
		{"the server named a time", State{Polled: march, NotBefore: march.Add(3 * time.Hour)}, march, 3 * time.Hour},
		{"the server named a senseless time", State{Polled: march, NotBefore: march.AddDate(10, 0, 0)}, march, 15 * time.Minute},
		{"the clock went back", State{Polled: march.AddDate(1, 0, 0), NotBefore: march.AddDate(1, 0, 1)}, march, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			due := test.state.Due(test.now)
			if again := test.state.Due(test.now); !again.Equal(due) {
				t.Fatalf("first %v, then %v", due, again)
			}
			got := due.Sub(test.now)
			whole := test.now.Add(test.want).Sub(test.state.Polled)
			if test.want <= 0 && test.name != "long due" {
				whole = 0
			}
			if got < test.want || got > test.want+whole*(spreadOut-10)/10 {
				t.Errorf("due after %v, want %v", got, test.want)
			}
		})
	}
	// Sources that are polled together drift apart.
	times := map[time.Time]bool{}
	for i := range 100 {
		times[State{URL: fmt.Sprintf("https://%d.example/", i), Polled: march}.Due(march)] = true
	}
	if len(times) < 95 {
		t.Errorf("100 sources are due at %d times", len(times))
	}
}

// TestHealthClock does not take a time from the future for the beginning of a condition.
func TestHealthClock(t *testing.T) {
	h := Health{}.After(Broken, ReasonHTTP, "", march).After(Broken, ReasonHTTP, "", march.Add(-time.Hour))
	if !h.Since.Equal(march.Add(-time.Hour)) || h.Failures != 2 {
		t.Errorf("%+v", h)
	}
	if h = h.After(Alive, ReasonNew, "3", march); !h.LastNew.Equal(march) || !h.LastGood.Equal(march) || h.Failures != 0 {
		t.Errorf("%+v", h)
	}
	if got := (Health{}).String(); got != "not yet tried" {
		t.Error(got)
	}
}

// web serves lists of every kind and the pages in them.
func web(t *testing.T) *httptest.Server {
	texts := map[string]string{
		"/list.opml": `<opml><body><outline xmlUrl="HOST/feed"/><outline xmlUrl="HOST/page/1"/><outline xmlUrl="HOST/lost-feed"/><outline xmlUrl="HOST/other"/></body></opml>`,
		"/feed": `<rss version="2.0"><channel><title>Feed</title><item><link>/page/1</link><title>One</title></item><item><link>/lost</link><title>Lost, with content</title>
			<description>&lt;p&gt;A summary.</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;All of it.</content:encoded></item>
			<item><link>/lost2</link><title>Lost, with a summary</title><description>&lt;p&gt;A summary.</description></item><item><guid>x</guid><title>Without a link</title><description>Words</description></item><item><link>/page/2</link></item></channel></rss>`,
		"/other":      `{"version":"https://jsonfeed.org/version/1.1","title":"Other","items":[{"id":"3","url":"HOST/page/3"}]}`,
		"/index.xml":  `<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>`,
		"/a.xml.gz":   string(packed([]byte(`<urlset><url><loc>HOST/page/1</loc></url><url><loc>HOST/empty</loc></url><url><loc>HOST/page/2</loc></url></urlset>`))),
		"/empty":      "",
		"/robots.txt": "",
	}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := texts[r.URL.Path]
		switch {
		case strings.HasPrefix(r.URL.Path, "/page/"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, "<!DOCTYPE html><!-- Fictional example --><p>%s", r.URL.Path)
		case !ok:
			http.NotFound(w, r)
		case strings.HasPrefix(text, "\x1f"):
			w.Header().Set("Content-Type", "application/x-gzip")
			io.WriteString(w, text)
		default:
			w.Header().Set("Content-Type", map[bool]string{true: "text/html", false: "application/xml"}[text == ""])
			io.WriteString(w, strings.ReplaceAll(text, "HOST", server.URL))
		}
	}))
	t.Cleanup(server.Close)
	texts["/a.xml.gz"] = string(packed([]byte(strings.ReplaceAll(`<urlset><url><loc>HOST/page/1</loc></url><url><loc>HOST/empty</loc></url><url><loc>HOST/page/2</loc></url></urlset>`, "HOST", server.URL))))
	return server
}

// TestWeb takes the pages of what is on the web, and goes on behind each of them.
func TestWeb(t *testing.T) {
	server := web(t)
	feed := []string{"HOST/page/1", "HOST/feed#HOST/lost", "HOST/feed#x", "HOST/page/2"}
	lost := "fetch HOST/lost2: HTTP 404 Not Found"
	for _, test := range []struct {
		name, path string
		seen       string
		want       []string // locators
		faults     []string
	}{
		{name: "page", path: "/page/1", want: []string{"HOST/page/1"}},
		{name: "feed", path: "/feed", want: feed, faults: []string{lost}},
		{name: "feed, partly seen", path: "/feed", seen: "/page/1", want: feed[1:], faults: []string{lost}},
		{name: "list of feeds", path: "/list.opml", want: append(feed[:len(feed):len(feed)], "HOST/page/3"),
			faults: []string{lost, "read feed HOST/page/1: not a feed, but an HTML page", "fetch HOST/lost-feed: HTTP 404 Not Found"}},
		{name: "index of sitemaps, in a circle", path: "/index.xml", want: []string{"HOST/page/1", "HOST/page/2"},
			faults: []string{"read HOST/index.xml: names HOST/index.xml, which led to it", "fetch HOST/empty: an empty page"}},
		{name: "empty", path: "/empty", faults: []string{"read feed HOST/empty: not a feed, but empty"}},
		{name: "not there", path: "/nothing", faults: []string{"fetch HOST/nothing: HTTP 404 Not Found"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, clock := local(FetchOptions{})
			c := &Collector{Fetcher: f, Now: clock.now, Seen: func(e Entry) bool { return test.seen != "" && strings.HasSuffix(e.URL, test.seen) }}
			pages, faults := readPages(c, server.URL+test.path, "")
			var got []string
			for _, p := range pages {
				got = append(got, strings.ReplaceAll(p.Locator, server.URL, "HOST"))
				if (p.Fallback != "") != strings.Contains(p.Locator, "#") || strings.HasSuffix(p.Locator, "/lost") && string(p.Body) != "<p>All of it." {
					t.Errorf("%s: fallback %q, body %q", p.Locator, p.Fallback, p.Body)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			for i := range faults {
				faults[i] = strings.ReplaceAll(faults[i], server.URL, "HOST")
			}
			if diff := cmp.Diff(test.faults, faults); diff != "" {
				t.Error(diff)
			}
			resume(t, c, server.URL+test.path, pages)
		})
	}
}

// TestWebStops stops with its context, and when nobody wants more.
func TestWebStops(t *testing.T) {
	server := web(t)
	f, _ := local(FetchOptions{})
	c := &Collector{Fetcher: f}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range c.Pages(ctx, server.URL+"/feed", "") {
		if n++; n == 1 {
			cancel()
		}
		last = err
	}
	if n != 2 || last != context.Canceled {
		t.Errorf("%d pages, then %v", n, last)
	}
	for range c.Pages(context.Background(), server.URL+"/list.opml", "") {
		break
	}
}
