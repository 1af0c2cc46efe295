package collect

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/temoto/robotstxt"
)

const (
	maxHosts     = 4096             // that are remembered at one time
	robotsSize   = 500 << 10        // bytes read of a robots.txt (RFC 9309, 2.5)
	robotsStays  = 24 * time.Hour   // how long one holds (RFC 9309, 2.4)
	robotsFailed = 10 * time.Minute // how long it holds that there was no answer
)

// host is what is known of one server: who may ask it when, and its robots.txt.
type host struct {
	slots chan struct{} // one for each request at a time

	mu     sync.Mutex
	next   time.Time     // not before this another request begins
	delay  time.Duration // Crawl-delay of its robots.txt
	closed time.Time     // until then the server asked not to be asked
	last   time.Time     // last used

	asking  sync.Mutex // held while robots.txt is fetched, and over what follows
	rules   *robotstxt.Group
	refused error // why all of it is refused, or nil
	until   time.Time
}

// host returns what is known of the server of an address.
func (f *Fetcher) host(u *url.URL) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	h := f.hosts[key]
	if h == nil {
		if len(f.hosts) >= maxHosts {
			f.forget()
		}
		h = &host{slots: make(chan struct{}, f.opt.PerHost)}
		f.hosts[key] = h
	}
	h.mu.Lock()
	h.last = f.now()
	h.mu.Unlock()
	return h
}

// forget drops servers that were not asked for an hour, or else, which takes thousands at
// one time, those that nobody is asking now.
func (f *Fetcher) forget() {
	for _, idle := range []time.Duration{time.Hour, time.Minute, 0} {
		for key, h := range f.hosts {
			h.mu.Lock()
			if now := f.now(); len(h.slots) == 0 && now.Sub(h.last) > idle && !h.next.After(now) && !h.closed.After(now) {
				delete(f.hosts, key)
			}
			h.mu.Unlock()
		}
		if len(f.hosts) < maxHosts {
			return
		}
	}
}

// enter waits for the turn of a request. The caller calls done behind it.
func (h *host) enter(ctx context.Context, f *Fetcher) (done func(), err error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case h.slots <- struct{}{}:
	}
	h.mu.Lock()
	now := f.now()
	if closed := h.closed.Sub(now); closed > f.opt.MaxWait && closed <= maxRetryAfter {
		h.mu.Unlock()
		<-h.slots
		return nil, &FetchError{Reason: ReasonHTTP, RetryAfter: closed, Err: fmt.Errorf("the server asked not to be asked until %s", h.closed.UTC().Format(time.RFC3339)), settled: true}
	}
	delay := max(f.opt.Delay, h.delay)
	if h.next.Sub(now) > f.opt.MaxWait+time.Duration(f.opt.PerHost+1)*delay {
		h.next = now // the clock went back
	}
	at := now
	if h.next.After(now) {
		at = h.next
	}
	h.next = at.Add(delay)
	h.mu.Unlock()
	if err := f.sleep(ctx, at.Sub(now)); err != nil {
		<-h.slots
		return nil, err
	}
	return func() { <-h.slots }, nil
}

// pause heeds a Retry-After: further requests wait for it, or are refused if it is long.
func (h *host) pause(now time.Time, wait, most time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if wait > most {
		h.closed = now.Add(wait)
	} else if until := now.Add(wait); until.After(h.next) {
		h.next = until
	}
}

// allowed asks the robots.txt of a server. One that does not exist allows everything; one
// that cannot be had refuses everything for a while (RFC 9309, 2.3.1).
func (f *Fetcher) allowed(ctx context.Context, h *host, u *url.URL) error {
	h.asking.Lock()
	defer h.asking.Unlock()
	now := f.now()
	if now.After(h.until) || h.until.Sub(now) > robotsStays { // or the clock went back
		if err := f.askRobots(ctx, h, u); err != nil {
			return err
		}
	}
	if h.refused != nil {
		return h.refused
	}
	if !h.rules.Test(u.RequestURI()) {
		return &FetchError{Reason: ReasonRobots}
	}
	return nil
}

// askRobots brings what is known of a robots.txt up to date. Its error is that of ctx.
func (f *Fetcher) askRobots(ctx context.Context, h *host, u *url.URL) error {
	for try := 0; ; try++ {
		rules, failed := f.robots(ctx, h, u)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case failed == nil:
			h.rules, h.refused, h.until = rules, nil, f.now().Add(robotsStays)
			h.mu.Lock()
			h.delay = min(rules.CrawlDelay, f.opt.MaxWait)
			h.mu.Unlock()
			return nil
		case !failed.temporary() || try >= f.opt.Retries:
			failed.settled = true
			h.rules, h.refused, h.until = nil, failed, f.now().Add(robotsFailed)
			return nil
		}
		if err := f.sleep(ctx, time.Second<<min(try, 5)); err != nil {
			return err
		}
	}
}

// robots fetches a robots.txt. Its redirects are followed to any server, as RFC 9309 has it.
func (f *Fetcher) robots(ctx context.Context, h *host, site *url.URL) (*robotstxt.Group, *FetchError) {
	u := &url.URL{Scheme: site.Scheme, Host: site.Host, Path: "/robots.txt"}
	for range maxRedirects + 1 {
		answer, raw, err := f.robotsText(ctx, h, u)
		if err != nil {
			failed := failure("", "", err)
			failed.Err = fmt.Errorf("%s: %w", u, failed.Err)
			return nil, failed
		}
		switch code := answer.StatusCode; {
		case code >= 200 && code < 300:
			return robotsRules(raw), nil
		case code >= 300 && code < 400:
			if u, err = u.Parse(answer.Header.Get("Location")); err == nil {
				_, err = target(u.String())
			}
			if err != nil {
				return new(robotstxt.Group), nil
			}
			h = f.host(u)
		case code == http.StatusTooManyRequests || code >= 500:
			return nil, &FetchError{Reason: ReasonRobots, Err: fmt.Errorf("%s: HTTP %d", u, code), RetryAfter: retryAfter(answer.Header.Get("Retry-After"), f.now())}
		default:
			return new(robotstxt.Group), nil
		}
	}
	return new(robotstxt.Group), nil // redirected without end counts as not there
}

func (f *Fetcher) robotsText(ctx context.Context, h *host, u *url.URL) (*http.Response, []byte, error) {
	done, err := h.enter(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	ctx, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("User-Agent", f.agent)
	answer, err := f.transport.RoundTrip(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, robotsSize))
	return answer, raw, err
}

// robotsRules reads those rules of a robots.txt that are for this program. Lines that are
// wrong are passed over, and the others hold: the parser itself would refuse the whole.
func robotsRules(raw []byte) *robotstxt.Group {
	var clean bytes.Buffer
	agents := false
	raw = bytes.ReplaceAll(bytes.TrimPrefix(raw, []byte("\ufeff")), []byte("\r"), []byte("\n"))
	for line := range bytes.Lines(raw) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		name, value, ok := strings.Cut(string(line), ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if fields := strings.Fields(value); len(fields) > 0 {
			value = fields[0]
		} else if name == "disallow" && agents {
			// "Disallow:" alone allows everything, but the parser would not see the group.
			name, value = "allow", "/robots.txt"
		}
		// A rule of more than 2,000 bytes is a mistake or an attack.
		if !ok || value == "" || len(value) > 2000 || strings.ContainsFunc(value, unicode.IsControl) {
			continue
		}
		switch name {
		case "user-agent":
			agents = true
		case "allow", "disallow":
			if !agents {
				continue
			}
		case "crawl-delay":
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || !agents || math.IsNaN(seconds) || seconds < 0 {
				continue
			}
			value = strconv.FormatFloat(min(seconds, 24*3600), 'f', -1, 64)
		default:
			continue
		}
		fmt.Fprintf(&clean, "%s: %s\n", name, value)
	}
	data, err := robotstxt.FromBytes(clean.Bytes())
	if err != nil {
		// What the parser still takes offence at is refused as a whole, to be on the safe side.
		data, _ = robotstxt.FromString("User-agent: *\nDisallow: /")
	}
	return data.FindGroup(Product)
}
