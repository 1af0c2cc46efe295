package ledger

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkGrow fills a ledger of each database and says at each size what the last
// thousand articles cost, how long queries take and how much room is taken. The sizes are
// 1,000, or what HEARSAY_BENCH_ARTICLES lists: "1000,10000,40000". The articles are as
// long as news stories are, with invented words.
func BenchmarkGrow(b *testing.B) {
	sizes := []int{1000}
	if list := os.Getenv("HEARSAY_BENCH_ARTICLES"); list != "" {
		sizes = nil
		for s := range strings.SplitSeq(list, ",") {
			n, err := strconv.Atoi(s)
			if err != nil {
				b.Fatal(err)
			}
			sizes = append(sizes, n)
		}
	}
	for _, back := range backends(b) {
		where := back.fresh(b)
		if back.name == "sqlite" {
			dir, err := os.MkdirTemp("", "bench")
			if err != nil {
				b.Fatal(err)
			}
			defer os.RemoveAll(dir)
			where = filepath.Join(dir, "ledger.db")
		}
		l := mustOpen(b, where)
		n := 0
		for _, size := range sizes {
			b.Run(fmt.Sprintf("%s/%d", back.name, size), func(b *testing.B) {
				for b.Loop() {
					measure(b, l, &n, size)
				}
			})
		}
	}
}

func measure(b *testing.B, l *Ledger, n *int, size int) {
	ctx := context.Background()
	var last time.Duration // for the last thousand
	for *n < size {
		var items []Item
		for range min(100, size-*n) {
			items = append(items, Item{Article: invent(*n, 30, 960)})
			*n++
		}
		begun := time.Now()
		if _, err := l.Put(ctx, items...); err != nil {
			b.Fatal(err)
		}
		if size-*n < 1000 {
			last += time.Since(begun)
		}
	}
	b.ReportMetric(float64(last.Microseconds())/float64(min(1000, size)), "µs/put")
	s, err := l.Now().Stats(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(s.Bytes)/float64(s.Articles), "B/article")
	rng := rand.New(rand.NewPCG(3, 3))
	word := func() string {
		if rng.IntN(2) == 0 {
			return nouns[rng.IntN(len(nouns))]
		}
		return vocabulary[int(float64(len(vocabulary))*pow4(rng.Float64()))]
	}
	filters := []func() Filter{
		func() Filter { return Filter{Query: word()} },
		func() Filter { return Filter{Query: word() + " " + word()} },
		func() Filter { return Filter{Query: word() + " -" + word(), Kinds: []string{"anonymous"}} },
		func() Filter {
			return Filter{Query: word(), About: []string{"CHN"}, Kinds: []string{"anonymous"}, Event: "AID", Since: "2018-03-01"}
		},
		func() Filter { return Filter{About: []string{"RUS"}, Event: "AID", Actor: "CHN", Target: "USA"} },
		func() Filter { return Filter{Entity: "Ada Pell", Certain: []string{"PS+"}, Holder: "source"} },
		func() Filter { return Filter{Query: `"` + nouns[rng.IntN(20)] + ` of"`, Until: "2019-01-01"} },
		func() Filter { return Filter{Query: word(), ByRank: true} },
		func() Filter {
			return Filter{Query: word() + " " + word(), ByRank: true, Outlets: []string{"Coast Radio"}}
		},
	}
	var finds, opens []time.Duration
	for range 40 {
		for k, f := range filters {
			q := f()
			begun := time.Now()
			if _, err := l.Now().Find(ctx, q); err != nil {
				b.Fatal(err)
			}
			took := time.Since(begun)
			finds = append(finds, took)
			if took > 200*time.Millisecond {
				b.Logf("slow: kind %d %+v: %v", k, q, took)
			}
		}
		id := invent(rng.IntN(size), 30, 960).ID
		begun := time.Now()
		if _, err := l.Now().Article(ctx, id); err != nil {
			b.Fatal(err)
		}
		opens = append(opens, time.Since(begun))
	}
	slices.Sort(finds)
	slices.Sort(opens)
	ms := func(of []time.Duration, part int) float64 { return float64(of[len(of)*part/100].Microseconds()) / 1000 }
	b.ReportMetric(ms(finds, 50), "find-p50-ms")
	b.ReportMetric(ms(finds, 95), "find-p95-ms")
	b.ReportMetric(ms(opens, 50), "article-p50-ms")
	b.ReportMetric(ms(opens, 95), "article-p95-ms")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB-memory")
}
