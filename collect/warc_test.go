package collect

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
)

var update = flag.Bool("update", false, "rewrite what is expected")

// harbour answers as the site of testdata/site: one page in chunks, one packed, one moved.
func harbour(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	serve := func(path, file, kind string, answer func(w http.ResponseWriter, r *http.Request, body []byte)) {
		body, err := os.ReadFile(filepath.Join("testdata/site", file))
		if err != nil {
			t.Fatal(err)
		}
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("ETag", `"`+file+`"`)
			w.Header()["Date"] = []string{"Tue, 04 Mar 2031 10:00:00 GMT"}
			answer(w, r, body)
		})
	}
	whole := func(w http.ResponseWriter, r *http.Request, body []byte) { w.Write(body) }
	serve("/{$}", "index.html", "text/html", whole)
	serve("/2031/ferry.html", "ferry.html", "text/html; charset=utf-8", func(w http.ResponseWriter, r *http.Request, body []byte) {
		for len(body) > 0 {
			n := min(200, len(body))
			w.Write(body[:n])
			w.(http.Flusher).Flush()
			body = body[n:]
		}
	})
	serve("/2031/grain.html", "grain.html", "text/html", func(w http.ResponseWriter, r *http.Request, body []byte) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(packed(body))
	})
	serve("/2031/plain.txt", "plain.txt", "text/plain", whole)
	serve("/feed.xml", "feed.xml", "application/rss+xml", whole)
	mux.HandleFunc("GET /mark.png", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		io.WriteString(w, "\x89PNG\r\n\x1a\n")
	})
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "# Fictional example\nUser-agent: *\nDisallow: /private/\n")
	})
	mux.Handle("GET /old/ferry", http.RedirectHandler("/2031/ferry.html", http.StatusMovedPermanently))
	return mux
}

func packed(parts ...[]byte) []byte {
	var out bytes.Buffer
	for _, part := range parts {
		zip := gzip.NewWriter(&out)
		zip.Write(part)
		zip.Close()
	}
	return out.Bytes()
}

// readPages returns the pages of a source and what went wrong with it.
func readPages(c *Collector, name string, after Cursor) (pages []Page, faults []string) {
	for p, err := range c.Pages(context.Background(), name, after) {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		pages = append(pages, p)
	}
	return pages, faults
}

// archived are the pages that an archive of harbour holds.
var archived = map[string]string{
	"http://harbour.example/":                "index.html",
	"http://harbour.example/2031/ferry.html": "ferry.html",
	"http://harbour.example/2031/grain.html": "grain.html",
	"http://harbour.example/2031/plain.txt":  "plain.txt",
}

// TestWget has wget archive a site, packed and plain, and reads what it wrote. With
// -update the packed archive goes to testdata.
func TestWget(t *testing.T) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		t.Skip("skipped: wget is not installed")
	}
	server := httptest.NewServer(harbour(t))
	defer server.Close()
	for _, form := range []struct{ name, flag, ending string }{{"packed", "--warc-cdx=off", ".warc.gz"}, {"plain", "--no-warc-compression", ".warc"}} {
		t.Run(form.name, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.Command(wget, "-q", "-r", "-l", "2", "--page-requisites", "--no-warc-keep-log", "--compression=gzip", "-e", "use_proxy=yes",
				"-e", "http_proxy="+server.URL, form.flag, "--warc-file=harbour", "http://harbour.example/")
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 8) { // 8: a page was not there, as it should
				t.Fatalf("wget: %v\n%s", err, out)
			}
			path := filepath.Join(dir, "harbour"+form.ending)
			if *update && form.name == "packed" {
				raw, err := os.ReadFile(path)
				if err == nil {
					err = os.WriteFile("testdata/harbour.warc.gz", raw, 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			checkArchive(t, path)
		})
	}
}

// TestArchive reads the archive that wget wrote once.
func TestArchive(t *testing.T) { checkArchive(t, "testdata/harbour.warc.gz") }

func checkArchive(t *testing.T, path string) {
	t.Helper()
	pages, faults := readPages(&Collector{}, path, "")
	if len(faults) > 0 {
		t.Error(faults)
	}
	got := map[string]string{}
	for _, p := range pages {
		got[p.URL] = string(p.Body)
		if p.Status != 200 || p.Fetched.IsZero() || p.Header.Get("Etag") == "" || p.Entry.List != path || p.Entry.ID == "" || p.Cut != "" {
			t.Errorf("%s: status %d, fetched %v, header %v, entry %+v, cut %q", p.URL, p.Status, p.Fetched, p.Header, p.Entry, p.Cut)
		}
	}
	want := map[string]string{}
	for url, file := range archived {
		body, err := os.ReadFile(filepath.Join("testdata/site", file))
		if err != nil {
			t.Fatal(err)
		}
		want[url] = string(body)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	resume(t, &Collector{}, path, pages)
}

// resume goes on behind each page and expects the pages that follow it.
func resume(t *testing.T, c *Collector, name string, pages []Page) {
	t.Helper()
	for i, p := range pages {
		rest, _ := readPages(c, name, p.Cursor)
		var got, want []string
		for _, r := range rest {
			got = append(got, r.Locator)
		}
		for _, r := range pages[i+1:] {
			want = append(want, r.Locator)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("behind %s (%s):\n%s", p.Locator, p.Cursor, diff)
		}
	}
}

// response writes a record.
func response(url, body string, more ...string) []byte {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + strings.Join(more, "") + "\r\n" + body
	return fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n"+
		"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(block), block)
}

// TestArchives reads archives that are not as they should be.
func TestArchives(t *testing.T) {
	one, two, three := response("http://a.example/1", "<p>one"), response("http://a.example/2", "<p>two"), response("http://a.example/3", "<p>three")
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	broken := bytes.Replace(two, []byte("Content-Length: "), []byte("Content-Length: x"), 1)
	corrupt := packed(two)
	corrupt[len(corrupt)/2] ^= 0xff
	bomb := response("http://a.example/2", strings.Repeat("<b>", 4<<20))
	at := func(parts ...[]byte) int { return len(join(parts...)) }
	for _, test := range []struct {
		name   string
		raw    []byte
		want   string // addresses' last letters
		faults string
	}{
		{"plain", join(one, two, three), "1 2 3", ""},
		{"packed", packed(one, two, three), "1 2 3", ""},
		{"packed as one member", packed(join(one, two, three)), "1 2 3", ""},
		{"without blank lines", join(bytes.TrimSpace(one), []byte("\n"), two), "1 2", ""},
		{"plain, cut off", join(one, two[:len(two)-8]), "1", fmt.Sprintf("read FILE: record at byte %d (http://a.example/2): cut off", len(one))},
		{"plain, cut off in a header", join(one, two[:40]), "1", fmt.Sprintf("read FILE: record at byte %d: cut off", len(one))},
		{"packed, cut off", join(packed(one), packed(two)[:100]), "1", fmt.Sprintf("read FILE: record at byte %d", at(packed(one)))},
		{"packed, cut off in the gzip header", join(packed(one), packed(two)[:5]), "1", fmt.Sprintf("read FILE: record at byte %d: cut off", at(packed(one)))},
		{"plain, a record without size", join(one, broken, three), "1 3", fmt.Sprintf(`read FILE: record at byte %d (http://a.example/2): Content-Length "x`, len(one))},
		{"plain, rubbish between", join(one, []byte("rubbish\r\n\r\n"), three), "1 3", fmt.Sprintf("read FILE: record at byte %d: not a WARC record", len(one))},
		{"packed, a record without size", packed(one, broken, three), "1 3", fmt.Sprintf("read FILE: record at byte %d (http://a.example/2): Content-Length", at(packed(one)))},
		{"one member, a record without size", packed(join(one, broken, three)), "1 3", "read FILE: record at byte 0 (http://a.example/2): Content-Length"},
		{"one member, rubbish between, then another", packed(join(one, []byte("rubbish\r\n\r\n"), three), two), "1 3 2", "read FILE: record at byte 0: not a WARC record"},
		{"packed, a corrupt member", join(packed(one), corrupt, packed(three)), "1 3", fmt.Sprintf("read FILE: record at byte %d", at(packed(one)))},
		{"packed, zeros behind", join(packed(one), make([]byte, 512)), "1", fmt.Sprintf("read FILE: record at byte %d: gzip: invalid header", at(packed(one)))},
		{"packed, a bomb", packed(one, bomb, three), "1 3", fmt.Sprintf("read FILE: record at byte %d (http://a.example/2): unpacks to more than 200 times its size", at(packed(one)))},
		{"plain, a page too large", join(one, bomb, three), "1 3", fmt.Sprintf("read FILE: record at byte %d (http://a.example/2): larger than the limit of 2 MB", len(one))},
		{"not HTTP", join(bytes.Replace(one, []byte("HTTP/1.1 200"), []byte("SPDY/1.1 200"), 1), two), "2", "read FILE: record at byte 0 (http://a.example/1): not an HTTP answer"},
		{"chunks that are not", response("http://a.example/1", "<p>one", "Transfer-Encoding: chunked\r\n"), "1", ""},
		{"gzip that is not", response("http://a.example/1", "<p>one", "Content-Encoding: gzip\r\n"), "1", ""},
		{"a body of rubbish", response("http://a.example/1", "\x00\x01", "Content-Encoding: br\r\n"), "", `read FILE: record at byte 0 (http://a.example/1): content encoding "br" cannot be undone`},
		{"nothing but beginnings", append(packed(one), bytes.Repeat([]byte{0x1f, 0x8b, 0x08}, 20_000)...), "1", fmt.Sprintf("read FILE: record at byte %d: gzip: invalid header", at(packed(one)))},
		{"only the magic", []byte("WARC/1.0"), "", "read FILE: record at byte 0: cut off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x")
			if err := os.WriteFile(path, test.raw, 0o644); err != nil {
				t.Fatal(err)
			}
			c := &Collector{MaxPage: 2 << 20}
			pages, faults := readPages(c, path, "")
			var got []string
			for _, p := range pages {
				got = append(got, p.URL[len(p.URL)-1:])
				if !strings.HasPrefix(string(p.Body), "<p>") {
					t.Errorf("%s: body %q", p.URL, p.Body)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			fault := strings.ReplaceAll(strings.Join(faults, "; "), path, "FILE")
			if !strings.HasPrefix(fault, test.faults) || (test.faults == "") != (fault == "") || len(faults) > 1 {
				t.Errorf("faults %q, want %q", fault, test.faults)
			}
			resume(t, c, path, pages)
		})
	}
}

// TestAnswer takes bodies out of what went over the wire.
func TestAnswer(t *testing.T) {
	long := strings.Repeat("the tide came in and went out ", 100)
	for _, test := range []struct{ name, head, body, want, cut, fault string }{
		{"whole", "Content-Length: 4\r\n", "tide", "tide", "", ""},
		{"chunks", "Transfer-Encoding: chunked\r\n", "4\r\ntide\r\n3\r\n in\r\n0\r\n\r\n", "tide in", "", ""},
		{"chunks cut off", "Transfer-Encoding: chunked\r\n", "4\r\ntide\r\nff\r\n in", "tide in", "chunks", ""},
		{"packed", "Content-Encoding: gzip\r\n", string(packed([]byte(long))), long, "", ""},
		{"packed, in chunks", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", inChunks(packed([]byte(long))), long, "", ""},
		{"shorter than it says", "Content-Length: 40\r\n", "tide", "tide", "length", ""},
		{"packed bomb", "Content-Encoding: gzip\r\n", string(packed(make([]byte, 8<<20))), "", "", "unpack: unpacks to more than 200 times its size"},
		{"too large", "", strings.Repeat("x", 11<<20), "", "", "larger than the limit of 10 MB: 11534336 bytes"},
		{"odd status", "\r\n", "tide", "tide", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var p Page
			err := p.answer([]byte("HTTP/1.0 200\r\n"+test.head+"\r\n"+test.body), 10<<20)
			if got := fmt.Sprint(err); got != test.fault && (err != nil || test.fault != "") {
				t.Fatalf("error %q, want %q", got, test.fault)
			}
			if !strings.HasSuffix(string(p.Body), test.want) || p.Cut != test.cut {
				t.Errorf("got %q, cut %q", p.Body, p.Cut)
			}
		})
	}
}

func inChunks(body []byte) string {
	var out strings.Builder
	for len(body) > 0 {
		n := min(50, len(body))
		fmt.Fprintf(&out, "%x\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return out.String() + "0\r\n\r\n"
}
