package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"code.dny.dev/ssrf"
	"github.com/google/go-cmp/cmp"
)

// fakeClock is a clock that moves when somebody sleeps.
type fakeClock struct {
	mu   sync.Mutex
	at   time.Time
	naps []time.Duration
}

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *fakeClock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.at = c.at.Add(d)
		c.naps = append(c.naps, d)
	}
	return ctx.Err()
}

var march = time.Date(2031, 3, 4, 10, 0, 0, 0, time.UTC)

// local is a fetcher that may speak to this machine, with a clock of its own.
func local(opt FetchOptions) (*Fetcher, *fakeClock) {
	opt.AllowPrivate = true
	clock := &fakeClock{at: march}
	f := NewFetcher(opt)
	f.now, f.sleep = clock.now, clock.sleep
	return f, clock
}

func TestGet(t *testing.T) {
	long := strings.Repeat("the tide came in and went out; ", 1000)
	mux := http.NewServeMux()
	answer := func(path, kind, body string, headers ...string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Content-Type"] = nil
			if kind != "" {
				w.Header().Set("Content-Type", kind)
			}
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			io.WriteString(w, body)
		})
	}
	status := func(path string, code int, headers ...string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
		})
	}
	answer("/page", "text/html", long, "ETag", `"7"`, "Last-Modified", "Tue, 04 Mar 2031 09:00:00 GMT")
	answer("/packed", "text/html", string(packed([]byte(long))), "Content-Encoding", "gzip")
	answer("/packed-nothing", "text/html", "", "Content-Encoding", "gzip")
	answer("/packed-badly", "text/html", "this is not gzip at all", "Content-Encoding", "gzip")
	answer("/bomb", "text/html", string(packed(make([]byte, 30<<20))), "Content-Encoding", "gzip")
	answer("/large", "text/html", strings.Repeat("x", 2<<20))
	answer("/brotli", "text/html", "??", "Content-Encoding", "br")
	answer("/picture", "image/png", "\x89PNG")
	answer("/untyped-picture", "", "\x89PNG\r\n\x1a\n")
	answer("/untyped-page", "", "<!DOCTYPE html><p>tide")
	answer("/feed", "application/rss+xml", "<rss/>")
	answer("/private/page", "text/html", "tide")
	answer("/heavy-head", "text/html", "tide", "X-Head", strings.Repeat("h", 300<<10))
	answer("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private/\n")
	status("/lost", 404)
	status("/gone", 410)
	status("/nothing", 204)
	status("/later", 503, "Retry-After", "7200")
	status("/ftp", 302, "Location", "ftp://harbour.example/x")
	status("/no-address", 302, "Location", "http://[::1")
	status("/for-good", 301, "Location", "/page")
	status("/for-now", 302, "Location", "/page")
	status("/for-good-then-now", 308, "Location", "/for-now")
	status("/to-private", 301, "Location", "/private/page")
	status("/circle", 302, "Location", "/circle")
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "tide")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/same", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"7"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	mux.HandleFunc("/agent", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, r.UserAgent())
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "tide")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close) // behind the parallel parts
	for _, test := range []struct {
		name, path string
		body       string // what it is, or how the error ends
		reason     Reason
		final      string
		moved      bool
		more       Request
	}{
		{name: "page", path: "/page", body: long, final: "/page"},
		{name: "fragment", path: "/page#top", body: long, final: "/page"},
		{name: "packed", path: "/packed", body: long, final: "/packed"},
		{name: "packed nothing", path: "/packed-nothing", final: "/packed-nothing"},
		{name: "packed badly", path: "/packed-badly", reason: ReasonParse, body: "cannot be parsed: gzip: invalid header"},
		{name: "bomb", path: "/bomb", reason: ReasonLarge, body: "too large: unpacks to more than 200 times its size"},
		{name: "large", path: "/large", reason: ReasonLarge, body: "too large: larger than the limit of 1 MB"},
		{name: "larger list", path: "/large", body: strings.Repeat("x", 2<<20), final: "/large", more: Request{List: true}},
		{name: "brotli", path: "/brotli", reason: ReasonType, body: `content encoding "br", which was not asked for`},
		{name: "picture", path: "/picture", reason: ReasonType, body: `content type "image/png"`},
		{name: "picture without a type", path: "/untyped-picture", reason: ReasonType, body: "no content type, by its bytes image/png"},
		{name: "page without a type", path: "/untyped-page", body: "<!DOCTYPE html><p>tide", final: "/untyped-page"},
		{name: "feed as a page", path: "/feed", reason: ReasonType, body: `content type "application/rss+xml"`},
		{name: "feed as a list", path: "/feed", body: "<rss/>", final: "/feed", more: Request{List: true}},
		{name: "refused by robots.txt", path: "/private/page", reason: ReasonRobots, body: "refused by robots.txt"},
		{name: "redirected to what robots.txt refuses", path: "/to-private", reason: ReasonRobots, body: "/private/page: refused by robots.txt"},
		{name: "heavy header", path: "/heavy-head", reason: ReasonUnreachable, body: "exceeded 262144 bytes; aborted"},
		{name: "lost", path: "/lost", reason: ReasonHTTP, body: ": HTTP 404 Not Found"},
		{name: "gone", path: "/gone", reason: ReasonGone, body: ": HTTP 410 Gone"},
		{name: "nothing", path: "/nothing", reason: ReasonHTTP, body: ": HTTP 204 No Content"},
		{name: "later", path: "/later", reason: ReasonHTTP, body: ": HTTP 503 Service Unavailable"},
		{name: "to another scheme", path: "/ftp", reason: ReasonAddress, body: `redirected to ftp://harbour.example/x: address not allowed: "ftp" is neither http nor https`},
		{name: "to no address", path: "/no-address", reason: ReasonHTTP, body: "HTTP 302 Found: redirects to what is no address"},
		{name: "moved for good", path: "/for-good", body: long, final: "/page", moved: true},
		{name: "moved for now", path: "/for-now", body: long, final: "/page"},
		{name: "moved for good, then for now", path: "/for-good-then-now", body: long, final: "/page"},
		{name: "in a circle", path: "/circle", reason: ReasonHTTP, body: "HTTP 302 Found: redirected more than 5 times"},
		{name: "slow", path: "/slow", reason: ReasonTimeout, body: "too slow: context deadline exceeded"},
		{name: "cut off", path: "/cut", reason: ReasonUnreachable, body: "unreachable: unexpected EOF"},
		{name: "the same", path: "/same", final: "/same", more: Request{ETag: `"7"`, LastModified: "Tue, 04 Mar 2031 09:00:00 GMT"}},
		{name: "agent", path: "/agent", body: "hearsay/1.2 (+desk@harbour.example)", final: "/agent"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f, _ := local(FetchOptions{Version: "1.2", Contact: "desk@harbour.example", Timeout: 2 * time.Second, MaxPage: 1 << 20, Retries: -1})
			req := test.more
			req.URL = server.URL + test.path
			page, err := f.Get(context.Background(), req)
			if test.reason != "" {
				var failed *FetchError
				if !errors.As(err, &failed) || failed.Reason != test.reason || !strings.HasSuffix(err.Error(), test.body) || !strings.HasPrefix(err.Error(), "fetch "+req.URL+": ") {
					t.Fatalf("error %v, want %s … %s", err, test.reason, test.body)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(page.Body) != test.body || page.URL != server.URL+test.final || page.Locator != req.URL || page.Moved != test.moved || !page.Fetched.After(march.Add(-1)) {
				page.Body = page.Body[:min(len(page.Body), 50)]
				t.Errorf("got %+v", page)
			}
		})
	}
}

// TestPrivate refuses what is not on the web: said outright, as the target of a redirect,
// and behind a name.
func TestPrivate(t *testing.T) {
	for _, address := range []string{
		"http://127.0.0.1/", "http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
		"http://100.64.0.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://2130706433/", "http://127.0.0.1:22/",
		"http://203.0.113.9:22/", "file:///etc/passwd", "http://me:secret@harbour.example/", "http:///x", "gopher://harbour.example/",
	} {
		f := NewFetcher(FetchOptions{Retries: -1, Timeout: 2 * time.Second})
		_, err := f.Get(context.Background(), Request{URL: address})
		var failed *FetchError
		if !errors.As(err, &failed) || failed.Reason != ReasonAddress && !(address == "http://2130706433/" && failed.Reason == ReasonNoHost) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestRedirectInside follows a redirect from an address that is allowed to one that is not.
func TestRedirectInside(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("skipped: this system has no 127.0.0.2")
	}
	var reached atomic.Bool
	secret := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) })}
	go secret.Serve(inner)
	defer secret.Close()
	server := httptest.NewServer(http.RedirectHandler("http://"+inner.Addr().String()+"/", http.StatusFound))
	defer server.Close()
	f, _ := local(FetchOptions{})
	f.transport.DialContext = (&net.Dialer{Control: ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(prefix("127.0.0.1/32"))).Safe}).DialContext
	_, err = f.Get(context.Background(), Request{URL: server.URL + "/"})
	var failed *FetchError
	if !errors.As(err, &failed) || failed.Reason != ReasonAddress || reached.Load() {
		t.Errorf("reached %v: %v", reached.Load(), err)
	}
}

// TestCertificate does not speak to a server that cannot prove who it is, nor try again.
func TestCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	f, clock := local(FetchOptions{})
	_, err := f.Get(context.Background(), Request{URL: server.URL})
	var failed *FetchError
	if !errors.As(err, &failed) || failed.Reason != ReasonCertificate || len(clock.naps) > 0 {
		t.Errorf("%d pauses: %v", len(clock.naps), err)
	}
}

// TestRetries tries again where that can help, later each time, and as late as it is told.
func TestRetries(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []string // "CODE" or "CODE RETRY-AFTER", one for each try
		tries   int
		fails   bool
		slept   time.Duration // at least; and not much more
		retry   time.Duration // told by the error
	}{
		{name: "at once", answers: []string{"200"}, tries: 1},
		{name: "second time", answers: []string{"503", "200"}, tries: 2, slept: 500 * time.Millisecond},
		{name: "third time", answers: []string{"500", "502", "200"}, tries: 3, slept: 1500 * time.Millisecond},
		{name: "never", answers: []string{"500", "500", "500", "200"}, tries: 3, fails: true, slept: 1500 * time.Millisecond},
		{name: "as late as told", answers: []string{"429 30", "200"}, tries: 2, slept: 30 * time.Second},
		{name: "told with a date", answers: []string{"503 Tue, 04 Mar 2031 10:00:40 GMT", "200"}, tries: 2, slept: 35 * time.Second},
		{name: "told too late", answers: []string{"503 3600", "200"}, tries: 1, fails: true, retry: time.Hour},
		{name: "not there", answers: []string{"404", "200"}, tries: 1, fails: true},
		{name: "refused", answers: []string{"403", "200"}, tries: 1, fails: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			tries := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					w.WriteHeader(404)
					return
				}
				var code int
				var after string
				fmt.Sscanf(test.answers[tries], "%d", &code)
				if _, text, ok := strings.Cut(test.answers[tries], " "); ok {
					after = text
					w.Header().Set("Retry-After", after)
				}
				tries++
				w.Header().Set("Content-Type", "text/html")
				w.WriteHeader(code)
			}))
			defer server.Close()
			f, clock := local(FetchOptions{Delay: time.Nanosecond})
			_, err := f.Get(context.Background(), Request{URL: server.URL})
			var failed *FetchError
			if errors.As(err, &failed) != test.fails || tries != test.tries || test.fails && failed.RetryAfter != test.retry {
				t.Errorf("%d tries: %v", tries, err)
			}
			if test.retry > 0 { // no other page of this server is asked for before
				_, err := f.Get(context.Background(), Request{URL: server.URL + "/other"})
				if !errors.As(err, &failed) || failed.RetryAfter < test.retry-time.Minute || !strings.HasSuffix(err.Error(), "the server asked not to be asked until 2031-03-04T11:00:00Z") || tries != test.tries {
					t.Errorf("another page: %v", err)
				}
			}
			if slept := clock.now().Sub(march); slept < test.slept || slept > 3*test.slept+10*time.Second {
				t.Errorf("slept %v, want %v", slept, test.slept)
			}
		})
	}
}

// TestDown tries again where nobody answers.
func TestDown(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	address := server.URL
	server.Close()
	f, clock := local(FetchOptions{})
	_, err := f.Get(context.Background(), Request{URL: address + "/page"})
	var failed *FetchError
	if !errors.As(err, &failed) || failed.Reason != ReasonUnreachable || len(clock.naps) < 2 {
		t.Errorf("%d pauses: %v", len(clock.naps), err)
	}
	// That robots.txt could not be had is known now, and the next page fails at once.
	naps := len(clock.naps)
	if _, err := f.Get(context.Background(), Request{URL: address + "/other"}); err == nil || len(clock.naps) > naps || !strings.HasPrefix(err.Error(), "fetch "+address+"/other: unreachable: "+address+"/robots.txt: ") {
		t.Errorf("%d more pauses: %v", len(clock.naps)-naps, err)
	}
}

// TestPolite keeps a pause between requests to a host, and asks robots.txt once.
func TestPolite(t *testing.T) {
	var robots, atOnce, most atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), atOnce.Add(1)))
		defer atOnce.Add(-1)
		time.Sleep(5 * time.Millisecond)
		w.Header().Set("Content-Type", "text/plain")
		if r.URL.Path == "/robots.txt" {
			robots.Add(1)
			io.WriteString(w, "User-agent: hearsay\nCrawl-delay: 3\n")
		}
	}))
	defer server.Close()
	f, clock := local(FetchOptions{PerHost: 2})
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			if _, err := f.Get(context.Background(), Request{URL: fmt.Sprintf("%s/%d", server.URL, i)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if robots.Load() != 1 || most.Load() > 2 {
		t.Errorf("robots.txt was asked %d times, %d requests at once", robots.Load(), most.Load())
	}
	if took := clock.now().Sub(march); took < 28*time.Second { // 1 s behind robots.txt, then nine times 3 s
		t.Errorf("10 pages took %v", took)
	}
	// An answer of robots.txt holds for a day.
	clock.sleep(context.Background(), 25*time.Hour)
	if _, err := f.Get(context.Background(), Request{URL: server.URL}); err != nil || robots.Load() != 2 {
		t.Errorf("robots.txt was asked %d times: %v", robots.Load(), err)
	}
	// A clock that goes back by a year does not keep a request for a year.
	clock.mu.Lock()
	clock.at = clock.at.AddDate(-1, 0, 0)
	before := clock.at
	clock.mu.Unlock()
	if _, err := f.Get(context.Background(), Request{URL: server.URL}); err != nil || clock.now().Sub(before) > time.Minute {
		t.Errorf("%v of waiting: %v", clock.now().Sub(before), err)
	}
}

func TestCancel(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	f, _ := local(FetchOptions{})
	if _, err := f.Get(ctx, Request{URL: server.URL}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestForget keeps the memory of servers small.
func TestForget(t *testing.T) {
	f, clock := local(FetchOptions{})
	for i := range 3 * maxHosts {
		u, err := target(fmt.Sprintf("http://%d.example/", i))
		if err != nil {
			t.Fatal(err)
		}
		f.host(u)
		clock.sleep(context.Background(), time.Second)
	}
	if len(f.hosts) > maxHosts {
		t.Errorf("%d servers are remembered", len(f.hosts))
	}
}

func TestRobots(t *testing.T) {
	for _, test := range []struct {
		name, text      string
		allowed, denied []string
		delay           time.Duration
	}{
		{name: "empty", allowed: []string{"/", "/a"}},
		{name: "all", text: "User-agent: *\nDisallow: /", denied: []string{"/", "/a?b"}},
		{name: "ours before all", text: "User-agent: *\nDisallow: /\n\nUser-agent: Hearsay\nDisallow: /private", allowed: []string{"/", "/a"}, denied: []string{"/private", "/private/x"}},
		{name: "ours may all", text: "User-agent: *\nDisallow: /\n\nUser-agent: hearsay\nDisallow:\n", allowed: []string{"/", "/a"}},
		{name: "another's", text: "User-agent: otherbot\nDisallow: /", allowed: []string{"/"}},
		{name: "two agents", text: "User-agent: otherbot\nUser-agent: hearsay\nDisallow: /a", allowed: []string{"/b"}, denied: []string{"/a"}},
		{name: "longer wins", text: "User-agent: *\nDisallow: /a\nAllow: /a/news", allowed: []string{"/a/news/1"}, denied: []string{"/a/x"}},
		{name: "wildcard and end", text: "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=", allowed: []string{"/a.pdf.html"}, denied: []string{"/a.pdf", "/a?print=1"}},
		{name: "delay", text: "User-agent: *\nCrawl-delay: 2.5", allowed: []string{"/"}, delay: 2500 * time.Millisecond},
		{name: "senseless delays", text: "User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: NaN\nDisallow: /a", denied: []string{"/a"}},
		{name: "endless delay", text: "User-agent: *\nCrawl-delay: 1e300", delay: 24 * time.Hour},
		{name: "rules before an agent", text: "Disallow: /\nUser-agent: *\nDisallow: /a", allowed: []string{"/"}, denied: []string{"/a"}},
		{name: "carriage returns, comments, a byte order mark", text: "\ufeffUser-agent: * # all\rDisallow: /a # not here\r", allowed: []string{"/b"}, denied: []string{"/a"}},
		{name: "a page in its place", text: "<!DOCTYPE html>\n<html><p style=\"color: red\">Not found</p></html>", allowed: []string{"/"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rules := robotsRules([]byte(test.text))
			for _, path := range test.allowed {
				if !rules.Test(path) {
					t.Errorf("%s is refused", path)
				}
			}
			for _, path := range test.denied {
				if rules.Test(path) {
					t.Errorf("%s is allowed", path)
				}
			}
			if rules.CrawlDelay != test.delay {
				t.Errorf("delay %v, want %v", rules.CrawlDelay, test.delay)
			}
		})
	}
}

// TestRobotsAnswers takes a robots.txt that is not there for leave, and one that the
// server cannot give for a refusal.
func TestRobotsAnswers(t *testing.T) {
	for _, test := range []struct {
		name   string
		robots http.HandlerFunc
		want   string
	}{
		{"not there", http.NotFound, "200"},
		{"not allowed", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) }, "200"},
		{"redirected without end", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, 302) }, "200"},
		{"redirected", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.Redirect(w, r, "/rules.txt", 302)
				return
			}
			io.WriteString(w, "User-agent: *\nDisallow: /")
		}, "refused by robots.txt"},
		{"server broken", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(502) }, "refused by robots.txt: HOST/robots.txt: HTTP 502"},
	} {
		t.Run(test.name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("/robots.txt", test.robots)
			mux.Handle("/rules.txt", test.robots)
			mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<p>tide") })
			server := httptest.NewServer(mux)
			defer server.Close()
			f, _ := local(FetchOptions{})
			page, err := f.Get(context.Background(), Request{URL: server.URL + "/page"})
			got := fmt.Sprint(page.Status)
			if err != nil {
				got = strings.ReplaceAll(strings.TrimPrefix(err.Error(), "fetch "+server.URL+"/page: "), server.URL, "HOST")
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }
