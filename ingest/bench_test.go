package ingest

import (
	"bufio"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"hearsay/ledger"
	"hearsay/read"
)

var benchArticles = flag.Int("articles", 200, "how many articles BenchmarkSource takes in: of corpora/raw where it is there, else invented ones")

// rawLines writes the first n lines of corpora/raw to a file, and says how many it had.
func rawLines(b *testing.B, path string, n int) int {
	found, _ := filepath.Glob("../../shared/corpora/raw/*.jsonl.gz")
	if len(found) == 0 {
		lines(b, path, 0, n)
		b.Log("no corpora: invented articles, which are short")
		return n
	}
	f, err := os.Open(found[0])
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	in := bufio.NewReaderSize(zip, 1<<20)
	for i := range n {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 || err != nil {
			return i
		}
		if _, err := out.Write(line); err != nil {
			b.Fatal(err)
		}
	}
	return n
}

func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkSource takes articles in and then asks for them: go test -run - -bench Source
// -benchtime 1x ./ingest -args -articles 1000
func BenchmarkSource(b *testing.B) {
	path := filepath.Join(b.TempDir(), "raw.jsonl")
	n := rawLines(b, path, *benchArticles)
	for _, with := range []struct {
		name   string
		reader func() *read.Reader
	}{{"default", full}, {"fast", reader}} {
		b.Run(with.name, func(b *testing.B) {
			for b.Loop() {
				l := openLedger(b, filepath.Join(b.TempDir(), "ledger.db"))
				in, _ := newIngest(l, 2)
				in.Config.Reader = with.reader()
				begun, cpu := time.Now(), processorTime()
				t, err := in.Source(b.Context(), path)
				if err != nil || t.Stored+t.Revisions+t.Known != n {
					b.Fatalf("%+v, %v", t, err)
				}
				b.ReportMetric(float64(n)/time.Since(begun).Seconds(), "articles/s")
				b.ReportMetric(float64((processorTime()-cpu).Milliseconds())/float64(n), "cpu-ms/article")
				s, err := l.Now().Stats(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(s.Bytes)/float64(n), "bytes/article")
				ask(b, l)
			}
		})
	}
}

// ask reports how long it takes to find a page of statements and to open an article.
func ask(b *testing.B, l *ledger.Ledger) {
	var find, open []time.Duration
	for range 20 {
		for _, f := range []ledger.Filter{
			{About: []string{"CHN"}}, {Query: "president", Kinds: []string{"anonymous"}, Since: "2016-01-01"}, {Query: "said"},
			{Source: "Trump", Query: "deal"}, {Kinds: []string{"collective", "anonymous"}}, {About: []string{"USA"}, Query: `"white house"`},
		} {
			begun := time.Now()
			found, err := l.Now().Find(b.Context(), f)
			find = append(find, time.Since(begun))
			if err != nil {
				b.Fatal(err)
			}
			for _, h := range found.Hits[:min(len(found.Hits), 2)] {
				begun := time.Now()
				if _, err := l.Now().Article(b.Context(), h.Article); err != nil {
					b.Fatal(err)
				}
				open = append(open, time.Since(begun))
			}
		}
	}
	for what, times := range map[string][]time.Duration{"find-p95-ms": find, "article-p95-ms": open} {
		slices.Sort(times)
		if len(times) > 0 {
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, what)
		}
	}
}
