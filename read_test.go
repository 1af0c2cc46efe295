package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

// TestInOrder lets the later inputs be done first and wants the results in order.
func TestInOrder(t *testing.T) {
	var all []input
	for i := range 100 {
		all = append(all, input{path: strconv.Itoa(i)})
	}
	for _, jobs := range []int{1, 2, 7, 200} {
		t.Run(strconv.Itoa(jobs), func(t *testing.T) {
			var got []string
			err := inOrder(t.Context(), all, jobs, func(in input) result {
				time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
				return result{out: []byte(in.path)}
			}, func(r result) error {
				got = append(got, string(r.out))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(all) {
				t.Fatalf("%d results for %d inputs", len(got), len(all))
			}
			for i := range got {
				if got[i] != all[i].path {
					t.Fatalf("result %d is that of %s", i, got[i])
				}
			}
		})
	}
}

// TestInOrderEnds checks that the first error ends the run.
func TestInOrderEnds(t *testing.T) {
	full := errors.New("disk full")
	emitted := 0
	err := inOrder(t.Context(), make([]input, 1000), 3, func(input) result { return result{} }, func(result) error {
		if emitted++; emitted == 5 {
			return full
		}
		return nil
	})
	if err != full || emitted != 5 {
		t.Errorf("ended with %v after %d results", err, emitted)
	}
}

// TestInOrderStops interrupts a run whose first input never comes, as standard
// input that nobody writes to.
func TestInOrderStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	never := make(chan struct{})
	defer close(never)
	time.AfterFunc(20*time.Millisecond, stop)
	err := inOrder(ctx, make([]input, 9), 2, func(input) result { <-never; return result{} }, func(result) error { return nil })
	if err != errStopped {
		t.Errorf("ended with %v", err)
	}
}

func TestSize(t *testing.T) {
	for _, test := range []struct {
		in   string
		want size
		out  string
	}{
		{"20MB", 20 << 20, "20 MB"}, {"512kb", 512 << 10, "512 KB"}, {"1 GB", 1 << 30, "1 GB"}, {"1500B", 1500, "1500 B"},
		{"2048KB", 2 << 20, "2 MB"}, {"20", 0, ""}, {"-1MB", 0, ""}, {"MB", 0, ""}, {"1.5MB", 0, ""}, {"", 0, ""},
	} {
		t.Run(test.in, func(t *testing.T) {
			var s size
			err := s.UnmarshalText([]byte(test.in))
			if (err != nil) != (test.want == 0) || s != test.want {
				t.Fatalf("got %d, %v", s, err)
			}
			if err == nil && s.String() != test.out {
				t.Errorf("written as %s", s)
			}
		})
	}
}

// TestReporter wants a line for each whole percent and for each new note, no more.
func TestReporter(t *testing.T) {
	var lines countLines
	r := newReporter(&lines, "train x")
	for i := range 1001 {
		r.progress(float64(i), 1000, fmt.Sprintf(" epoch %d\n", 1+i/501))
	}
	r.stop()
	if lines != 102 { // 0 to 100 %, and epoch 2 within one of them
		t.Errorf("%d lines", lines)
	}
}

type countLines int

func (c *countLines) Write(b []byte) (int, error) {
	for _, x := range b {
		if x == '\n' {
			*c++
		}
	}
	return len(b), nil
}
