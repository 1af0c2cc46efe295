package collect

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// FetchOptions are what a person may set. Zero values stand for the defaults named.
type FetchOptions struct {
	Version string // of the program, for the user agent
	Contact string // address of a page or mailbox of who runs it, for the user agent
	// AllowPrivate lets the fetcher speak to this machine and its network, on any port.
	// It is for tests, and for a person who reads their own servers.
	AllowPrivate bool
	Timeout      time.Duration // of one request with its body; 30 s
	Delay        time.Duration // between the beginnings of two requests to a host; 1 s
	PerHost      int           // requests to a host at one time; 2
	Retries      int           // after the first try; 2. Below 0: none
	MaxWait      time.Duration // the longest pause before another try, and the longest Crawl-delay heeded; 1 min
	MaxPage      int64         // bytes of a page, unpacked; 20 MB
	MaxList      int64         // bytes of a feed or sitemap, unpacked; 50 MB
}

// Product is the name that robots.txt knows this program by.
const Product = "hearsay"

const (
	maxRedirects = 5
	maxHeader    = 256 << 10 // bytes
)

// Fetcher gets pages and lists from the web, politely: it asks robots.txt, keeps a pause
// between requests to one host, asks only for what changed, and waits before it tries
// again, longer each time and as long as the server asks. And safely: addresses that are
// not public are refused when they are dialled, after names are resolved and on every
// redirect; size, time, redirects and unpacking have limits. No proxy is used, since a
// proxy would dial for us. It may be used by many goroutines.
type Fetcher struct {
	opt       FetchOptions
	transport *http.Transport
	agent     string

	mu    sync.Mutex
	hosts map[string]*host

	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

// NewFetcher makes a fetcher.
func NewFetcher(opt FetchOptions) *Fetcher {
	setDefault(&opt.Timeout, 30*time.Second)
	setDefault(&opt.Delay, time.Second)
	setDefault(&opt.PerHost, 2)
	setDefault(&opt.Retries, 2)
	setDefault(&opt.MaxWait, time.Minute)
	setDefault(&opt.MaxPage, defaultPage)
	setDefault(&opt.MaxList, defaultList)
	setDefault(&opt.Version, "0")
	dialer := &net.Dialer{Timeout: opt.Timeout, KeepAlive: 30 * time.Second}
	if !opt.AllowPrivate {
		dialer.Control = ssrf.New(ssrf.WithPorts(80, 443, 8080, 8443)).Safe
	}
	f := &Fetcher{opt: opt, hosts: map[string]*host{}, now: time.Now, sleep: sleep}
	f.agent = Product + "/" + opt.Version
	if opt.Contact != "" {
		f.agent += " (+" + strings.Join(strings.Fields(opt.Contact), " ") + ")"
	}
	f.transport = &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // unpacked here, within limits
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    opt.PerHost,
		IdleConnTimeout:        time.Minute,
		MaxResponseHeaderBytes: maxHeader,
	}
	return f
}

func setDefault[T int | int64 | time.Duration | string](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Request is what is asked for.
type Request struct {
	URL string
	// ETag and LastModified are those of the answer that one has: an answer that is the
	// same comes as status 304.
	ETag, LastModified string
	// List asks for a feed, sitemap or OPML list in place of a page.
	List bool
}

// Get fetches a page or list. Its error is a *[FetchError], or that of the context.
func (f *Fetcher) Get(ctx context.Context, req Request) (Page, error) {
	var failed *FetchError
	for try := 0; ; try++ {
		page, err := f.follow(ctx, req)
		if ctx.Err() != nil {
			return Page{}, ctx.Err()
		}
		if err == nil || !errors.As(err, &failed) || !failed.temporary() || try >= f.opt.Retries {
			return page, err
		}
		// Twice as long each time, and half of that is chance: many that failed together
		// shall not come back together.
		wait := time.Second << min(try, 10)
		wait = wait/2 + rand.N(wait)
		if failed.RetryAfter > f.opt.MaxWait {
			return page, err // for the schedule to heed
		}
		if err := f.sleep(ctx, min(max(wait, failed.RetryAfter), f.opt.MaxWait)); err != nil {
			return Page{}, err
		}
	}
}

// follow fetches once, through redirects.
func (f *Fetcher) follow(ctx context.Context, req Request) (Page, error) {
	address, moved := req.URL, true
	for hop := 0; ; hop++ {
		u, err := target(address)
		if err != nil {
			return Page{}, &FetchError{URL: req.URL, At: address, Reason: ReasonAddress, Err: err}
		}
		h := f.host(u)
		if err := f.allowed(ctx, h, u); err != nil {
			return Page{}, failure(req.URL, address, err)
		}
		page, next, err := f.one(ctx, h, u, req)
		if err != nil {
			return Page{}, failure(req.URL, address, err)
		}
		if next == "" {
			page.Locator, page.Moved = req.URL, moved && hop > 0
			return page, nil
		}
		if hop == maxRedirects {
			err := fmt.Errorf("redirected more than %d times", maxRedirects)
			return Page{}, &FetchError{URL: req.URL, At: address, Reason: ReasonHTTP, Status: page.Status, Err: err}
		}
		moved = moved && (page.Status == http.StatusMovedPermanently || page.Status == http.StatusPermanentRedirect)
		address = next
	}
}

// target checks an address. What it names is checked when it is dialled.
func target(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.New("not an address")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%q is neither http nor https", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("without a host")
	case u.User != nil:
		return nil, errors.New("names a user")
	}
	u.Fragment = ""
	return u, nil
}

// one makes one request. A redirect comes as its address, and a page without a body.
func (f *Fetcher) one(ctx context.Context, h *host, u *url.URL, req Request) (page Page, next string, err error) {
	done, err := h.enter(ctx, f)
	if err != nil {
		return page, "", err
	}
	defer done()
	limited, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodGet, u.String(), nil)
	if err != nil {
		return page, "", err
	}
	r.Header.Set("User-Agent", f.agent)
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.8")
	if req.List {
		r.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/xml, */*;q=0.5")
	}
	if req.ETag != "" {
		r.Header.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		r.Header.Set("If-Modified-Since", req.LastModified)
	}
	answer, err := f.transport.RoundTrip(r)
	if err != nil {
		return page, "", err
	}
	defer answer.Body.Close() // what is not read of it is not wanted
	page = Page{URL: u.String(), Fetched: f.now().UTC(), Status: answer.StatusCode, Header: kept(answer.Header)}
	switch code := answer.StatusCode; {
	case code == http.StatusNotModified:
		return page, "", nil
	case code >= 300 && code < 400 && answer.Header.Get("Location") != "":
		to, err := u.Parse(answer.Header.Get("Location"))
		if err != nil {
			return page, "", &FetchError{Reason: ReasonHTTP, Status: code, Err: errors.New("redirects to what is no address")}
		}
		return page, to.String(), nil
	case code < 200 || code >= 300 || code == http.StatusNoContent || code == http.StatusResetContent || code == http.StatusPartialContent:
		failed := &FetchError{Reason: ReasonHTTP, Status: code}
		if code == http.StatusGone {
			failed.Reason = ReasonGone
		}
		if code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable {
			failed.RetryAfter = retryAfter(answer.Header.Get("Retry-After"), f.now())
			h.pause(f.now(), failed.RetryAfter, f.opt.MaxWait)
		}
		return page, "", failed
	}
	page.Body, err = f.body(answer, req.List)
	return page, "", err
}

// body reads and unpacks an answer.
func (f *Fetcher) body(answer *http.Response, list bool) ([]byte, error) {
	most := f.opt.MaxPage
	if list {
		most = f.opt.MaxList
	}
	if answer.ContentLength > most {
		return nil, fmt.Errorf("%w of %s: %d bytes", errLarge, megabytes(most), answer.ContentLength)
	}
	declared := answer.Header.Get("Content-Type")
	if !readable(declared, list) {
		return nil, &FetchError{Reason: ReasonType, Status: answer.StatusCode, Err: fmt.Errorf("content type %q", declared)}
	}
	var raw []byte
	var err error
	switch encoding := strings.ToLower(strings.TrimSpace(answer.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		raw, err = readAll(answer.Body, most)
	case "gzip", "x-gzip":
		var empty [1]byte
		n, _ := io.ReadFull(answer.Body, empty[:])
		if n == 0 {
			break // an empty body, said to be packed
		}
		raw, err = gunzip(io.MultiReader(bytes.NewReader(empty[:]), answer.Body), most)
	default:
		err = &FetchError{Reason: ReasonType, Status: answer.StatusCode, Err: fmt.Errorf("content encoding %q, which was not asked for", encoding)}
	}
	if err != nil {
		return nil, err
	}
	if sniffed := http.DetectContentType(raw); declared == "" && !readable(sniffed, list) {
		return nil, &FetchError{Reason: ReasonType, Status: answer.StatusCode, Err: fmt.Errorf("no content type, by its bytes %s", sniffed)}
	}
	return raw, nil
}

// readable tells whether a content type can be that of a page or list. A type that is
// missing is found out by the bytes. Lists come as anything that is text, and packed.
func readable(contentType string, list bool) bool {
	if contentType == "" {
		return true
	}
	name, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		name, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		name = strings.TrimSpace(name)
	}
	switch name {
	case "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml":
		return true
	case "text/css", "text/javascript", "text/calendar", "text/csv":
		return false
	case "application/json", "application/gzip", "application/x-gzip", "application/octet-stream", "application/rdf+xml":
		return list
	}
	return list && (strings.HasPrefix(name, "text/") || strings.HasSuffix(name, "+xml") || strings.HasSuffix(name, "+json") || strings.HasPrefix(name, "application/x-"))
}

// maxRetryAfter is the longest that a server is believed.
const maxRetryAfter = 30 * 24 * time.Hour

// retryAfter reads seconds or a date.
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		return min(time.Duration(min(max(n, 0), 1<<30))*time.Second, maxRetryAfter)
	}
	if t, err := http.ParseTime(text); err == nil && t.After(now) {
		return min(t.Sub(now), maxRetryAfter)
	}
	return 0
}

// FetchError says why an address gave nothing.
type FetchError struct {
	URL        string // as asked for
	At         string // where redirects led to, if elsewhere
	Reason     Reason
	Status     int           // of HTTP, or 0
	RetryAfter time.Duration // what the server asks to wait, or 0
	Err        error         // more of the cause, or nil

	settled bool // tried again already
}

func (e *FetchError) Error() string {
	text := "fetch " + e.URL + ": "
	if e.At != "" && e.At != e.URL {
		text += "redirected to " + e.At + ": "
	}
	return text + e.detail()
}

func (e *FetchError) detail() string {
	text := string(e.Reason)
	if e.Status >= 300 || e.Status > 0 && e.Reason == ReasonHTTP {
		text = strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.Status, http.StatusText(e.Status)))
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *FetchError) Unwrap() error { return e.Err }

// temporary tells whether another try may help.
func (e *FetchError) temporary() bool {
	if e.settled {
		return false
	}
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return e.Reason == ReasonUnreachable || e.Reason == ReasonTimeout
}

// failure puts what went wrong at an address into a FetchError.
func failure(asked, at string, err error) *FetchError {
	var failed *FetchError
	if errors.As(err, &failed) {
		named := *failed // one about robots.txt is shared by all that it keeps back
		named.URL, named.At = asked, at
		return &named
	}
	failed = &FetchError{URL: asked, At: at, Reason: ReasonUnreachable, Err: err}
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		failed.Reason = ReasonAddress
	case errors.Is(err, errLarge), errors.Is(err, errBomb):
		failed.Reason = ReasonLarge
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		failed.Reason = ReasonParse
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		failed.Reason = ReasonTimeout
	case errors.As(err, &name) && name.IsNotFound:
		failed.Reason = ReasonNoHost
	case errors.As(err, &certificate), errors.As(err, &authority):
		failed.Reason = ReasonCertificate
	}
	return failed
}
