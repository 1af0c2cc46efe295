package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/corpus"
	"hearsay/learn/kernel"
	"hearsay/read"
)

type benchCmd struct {
	Corpora string `placeholder:"DIR" help:"Folder of the corpora, of which raw is read. Unless given: the sample article that ships with the program, again and again."`
	N       int    `default:"500" placeholder:"N" help:"Articles to read (500)."`
	JSON    bool   `help:"Print the figures as JSON."`
	Measure int    `hidden:"" help:"Read the articles of standard input with so many jobs and print the measurement: what bench runs in processes of its own."`
	Fast    bool   `hidden:"" help:"Measure with the linear models."`
}

func (benchCmd) Help() string {
	return `Reads 500 articles, text in to JSON out, with the reader that is the default and with that of --fast. Each is measured in processes of its own: on one core, then with two jobs on two. The default reader is measured with every set of instructions that this processor has, with Go alone on one article in ten; --fast uses none of them. A word is a run of characters other than white space. Peak memory is that of the process that reads on one core; the start is the median of five processes, from their start to the end of their first reading.

The environment variable HEARSAY_CPU holds every command but this one to one set: plain (Go alone), avx2 or avx512.

Examples:
  hearsay bench
  hearsay bench --corpora ../shared/corpora
  HEARSAY_CPU=plain hearsay read story.txt`
}

//go:embed testdata/sample.txt
var sample []byte

// figures are what bench prints.
type figures struct {
	Machine  string  `json:"machine"`
	Articles int     `json:"articles"`
	From     string  `json:"from"`
	Words    int     `json:"words"`
	BinaryMB float64 `json:"binary_mb"`
	Readers  []speed `json:"readers"`
}

// speed is what one reader reaches.
type speed struct {
	Reader  string  `json:"reader"`  // "default" or "--fast"
	OneJob  []pace  `json:"one_job"` // the last with the best instructions, as all below
	TwoJobs float64 `json:"words_per_second_two_jobs"`
	Ratio   float64 `json:"ratio"`
	PeakMB  float64 `json:"peak_mb"` // 0 where the system does not say
	StartMS float64 `json:"first_reading_ms"`
}

// pace is a speed on one core with a set of instructions.
type pace struct {
	Instructions string  `json:"instructions"`
	Words        float64 `json:"words_per_second"`
}

// measurement is what a process that reads the articles reports.
type measurement struct {
	Seconds float64 `json:"seconds"`
	PeakMB  float64 `json:"peak_mb"`
}

// Run measures and prints the figures.
func (c *benchCmd) Run(e *env) error {
	if c.Measure > 0 {
		return measure(e, c.Measure, read.Config{Fast: c.Fast})
	}
	if c.N < 1 {
		return usageError("--n must be at least 1")
	}
	texts, from, err := c.texts()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	f := figures{Machine: machine(), Articles: len(texts), From: from}
	for _, t := range texts {
		f.Words += len(strings.Fields(t))
	}
	if info, err := os.Stat(self); err == nil {
		f.BinaryMB = float64(info.Size()) / 1e6
	}
	for _, r := range []contender{
		{"default", nil, levels()},
		{"--fast", []string{"--fast"}, []kernel.Level{kernel.Plain}}, // has no use for others
	} {
		s, err := r.speed(e, self, texts, f.Words)
		if err != nil {
			return fmt.Errorf("bench: %s: %w", r.name, err)
		}
		f.Readers = append(f.Readers, s)
	}
	return f.write(e.out, c.JSON)
}

// contender is a reader to measure.
type contender struct {
	name  string
	flags []string       // that choose it
	cpus  []kernel.Level // to measure it with, the best last
}

// speed measures a reader on texts that have so many words.
func (r contender) speed(e *env, self string, texts []string, words int) (s speed, err error) {
	s.Reader = r.name
	if s.StartMS, err = firstReading(e, self, r.flags, texts[0]); err != nil {
		return s, fmt.Errorf("start: %w", err)
	}
	var one measurement
	for i, cpu := range r.cpus {
		// Go alone takes minutes for what the best instructions do in seconds, so it reads
		// one article in ten.
		part, words := texts, words
		if i+1 < len(r.cpus) && cpu == kernel.Plain {
			part = texts[:(len(texts)+9)/10]
			words = len(strings.Fields(strings.Join(part, " ")))
		}
		if one, err = inProcess(e, self, r.flags, cpu, part, 1); err != nil {
			return s, fmt.Errorf("one job, %s: %w", cpu, err)
		}
		s.OneJob = append(s.OneJob, pace{cpu.String(), float64(words) / one.Seconds})
	}
	s.PeakMB = one.PeakMB
	two, err := inProcess(e, self, r.flags, r.cpus[len(r.cpus)-1], texts, 2)
	if err != nil {
		return s, fmt.Errorf("two jobs: %w", err)
	}
	s.TwoJobs, s.Ratio = float64(words)/two.Seconds, one.Seconds/two.Seconds
	return s, nil
}

// levels returns the sets of instructions to measure: what this processor has, and of
// those for 512 bits the best alone.
func levels() (out []kernel.Level) {
	for _, l := range []kernel.Level{kernel.Plain, kernel.AVX2} {
		if l < kernel.Best() {
			out = append(out, l)
		}
	}
	return append(out, kernel.Best())
}

// texts returns the articles to read and where they are from.
func (c *benchCmd) texts() (texts []string, from string, err error) {
	if c.Corpora == "" {
		for range c.N {
			texts = append(texts, string(sample))
		}
		return texts, "the shipped sample, repeated", nil
	}
	docs, err := corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), c.N)
	if err != nil {
		return nil, "", err
	}
	for _, d := range docs {
		if strings.TrimSpace(d.Text) != "" {
			texts = append(texts, d.Text)
		}
	}
	if len(texts) == 0 {
		return nil, "", fmt.Errorf("bench: no articles in %s", c.Corpora)
	}
	return texts, "raw", nil
}

// write prints the figures, for people or as JSON.
func (f figures) write(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(f)
	}
	b := fmt.Appendf(nil, `machine         %s
articles        %d (%s), %d words, text in to JSON out
binary          %.1f MB
`, f.Machine, f.Articles, f.From, f.Words, f.BinaryMB)
	for _, r := range f.Readers {
		b = fmt.Appendf(b, "\n%s\n", r.Reader)
		for _, p := range r.OneJob {
			b = fmt.Appendf(b, "one job         %.0f words/s on one core, %s\n", p.Words, p.Instructions)
		}
		peak := "not known on " + runtime.GOOS
		if r.PeakMB > 0 {
			peak = fmt.Sprintf("%.0f MB", r.PeakMB)
		}
		b = fmt.Appendf(b, `two jobs        %.0f words/s, %.2f times one
peak memory     %s
first reading   %.0f ms after process start
`, r.TwoJobs, r.Ratio, peak, r.StartMS)
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
}

// inProcess reads the texts in a process of its own, with the flags given, that uses as
// many cores as it has jobs and no instructions beyond cpu.
func inProcess(e *env, self string, flags []string, cpu kernel.Level, texts []string, jobs int) (m measurement, err error) {
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, t := range texts {
		if err := enc.Encode(t); err != nil {
			return m, err
		}
	}
	cmd := exec.CommandContext(e, self, append([]string{"bench", "--measure", strconv.Itoa(jobs)}, flags...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(jobs), "HEARSAY_CPU="+cpu.String())
	cmd.Stdin, cmd.Stderr = &in, e.errs
	out, err := cmd.Output()
	if e.Err() != nil {
		return m, errStopped
	}
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(out, &m)
}

// measure reads the articles of standard input, a JSON string each, and prints its
// measurement. Loading the models is no part of the time.
func measure(e *env, jobs int, with read.Config) error {
	var texts []string
	dec := json.NewDecoder(bufio.NewReader(e.in))
	for {
		var t string
		if err := dec.Decode(&t); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("bench: articles: %w", err)
		}
		texts = append(texts, t)
	}
	reader, err := read.New(with)
	if err != nil {
		return err
	}
	m := measurement{}
	all := make([]input, len(texts))
	for i := range all {
		all[i].path = strconv.Itoa(i)
	}
	start := time.Now()
	err = inOrder(e, all, jobs, func(in input) result {
		i, _ := strconv.Atoi(in.path)
		d, err := reader.Article(in.path, []byte(texts[i]), read.Options{})
		if err != nil {
			return result{err: err}
		}
		out, err := read.JSON(d, read.JSONOptions{})
		return result{out: out, err: err}
	}, func(r result) error { return r.err })
	if err != nil {
		return err
	}
	m.Seconds, m.PeakMB = time.Since(start).Seconds(), peakMB()
	return json.NewEncoder(e.out).Encode(m)
}

// firstReading returns the median time in milliseconds from the start of a process
// with the flags given to the end of its first reading, over five processes.
func firstReading(e *env, self string, flags []string, text string) (float64, error) {
	var times []float64
	for range 5 {
		cmd := exec.CommandContext(e, self, append([]string{"read", "--format", "jsonl", "-"}, flags...)...)
		cmd.Env = append(os.Environ(), "HEARSAY_CPU=") // the best there are
		cmd.Stdin, cmd.Stderr = strings.NewReader(text), e.errs
		start := time.Now()
		out, err := cmd.StdoutPipe()
		if err != nil {
			return 0, err
		}
		if err := cmd.Start(); err != nil {
			return 0, err
		}
		_, err = bufio.NewReader(out).ReadBytes('\n')
		times = append(times, float64(time.Since(start).Microseconds())/1e3)
		if waited := cmd.Wait(); e.Err() != nil {
			return 0, errStopped
		} else if err == nil {
			err = waited
		}
		if err != nil {
			return 0, err
		}
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// machine names the processor and the system.
func machine() string {
	name := runtime.GOARCH
	for _, line := range strings.Split(proc("cpuinfo"), "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			name = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s", name, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// peakMB returns the most memory that this process has held at once, in millions of
// bytes, or 0 where the system does not say.
func peakMB() float64 {
	for _, line := range strings.Split(proc("self/status"), "\n") {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 64)
			return kb * 1024 / 1e6
		}
	}
	return 0
}

// proc returns a file of Linux's /proc, or nothing.
func proc(name string) string {
	b, _ := os.ReadFile("/proc/" + name)
	return string(b)
}
