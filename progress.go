package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// meter is a progress bar on a terminal and nothing elsewhere.
type meter struct {
	bars *mpb.Progress
	bar  *mpb.Bar
	out  io.Writer
}

// newMeter shows a bar of n steps on w if that is a terminal.
func newMeter(w io.Writer, n int, what string) *meter {
	m := &meter{out: w}
	if isTerminal(w) {
		m.bars = mpb.New(mpb.WithOutput(w), mpb.WithWidth(60), mpb.WithRefreshRate(150*time.Millisecond))
		m.bar = m.bars.AddBar(int64(n), mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(what+" "), decor.CountersNoUnit("%d of %d")),
			mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))
	}
	return m
}

// reach sets how many steps are done.
func (m *meter) reach(n int) {
	if m.bar != nil {
		m.bar.SetCurrent(int64(n))
	}
}

// say prints a line above the bar, or where the bar was.
func (m *meter) say(line string) {
	if m.bars != nil {
		if _, err := fmt.Fprintln(m.bars, line); err == nil {
			return
		}
	}
	fmt.Fprintln(m.out, line)
}

// stop takes the bar off the terminal.
func (m *meter) stop() {
	if m.bar != nil {
		m.bar.Abort(true)
		m.bars.Wait()
	}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// newCounter shows a bar of steps on w if that is a terminal, with how many there are a
// second. count is called beside and says how many steps there will be; 0: it cannot tell.
func newCounter(w io.Writer, count func() int) *meter {
	m := &meter{out: w}
	if !isTerminal(w) {
		return m
	}
	m.bars = mpb.New(mpb.WithOutput(w), mpb.WithWidth(60), mpb.WithRefreshRate(150*time.Millisecond))
	m.bar = m.bars.AddBar(0, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d")),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.1f/s "), decor.AverageETA(decor.ET_STYLE_GO)))
	go func() { m.bar.SetTotal(int64(count()), false) }()
	return m
}
