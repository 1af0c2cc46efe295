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
	"hearsay/read"
)

type benchCmd struct {
	Corpora string `placeholder:"DIR" help:"Folder of the corpora, of which raw is read. Unless given: the sample article that ships with the program, again and again."`
	N       int    `default:"500" placeholder:"N" help:"Articles to read (500)."`
	JSON    bool   `help:"Print the figures as JSON."`
	Measure int    `hidden:"" help:"Read the articles of standard input with so many jobs and print the measurement: what bench runs in processes of its own."`
}

func (benchCmd) Help() string {
	return `Reads 500 articles, text in to JSON out, on one core and with two jobs on two. A word is a run of characters other than white space. Peak memory is that of the process that reads on one core; the start is the median of five processes, from their start to the end of their first reading.

Examples:
  hearsay bench
  hearsay bench --corpora ../shared/corpora`
}

//go:embed testdata/sample.txt
var sample []byte

// figures are what bench prints.
type figures struct {
	Machine      string  `json:"machine"`
	Instructions string  `json:"instructions"`
	Articles     int     `json:"articles"`
	From         string  `json:"from"`
	Words        int     `json:"words"`
	OneJob       float64 `json:"words_per_second"`
	TwoJobs      float64 `json:"words_per_second_two_jobs"`
	Ratio        float64 `json:"ratio"`
	PeakMB       float64 `json:"peak_mb"` // 0 where the system does not say
	StartMS      float64 `json:"first_reading_ms"`
	BinaryMB     float64 `json:"binary_mb"`
}

// measurement is what a process that reads the articles reports.
type measurement struct {
	Words   int     `json:"words"`
	Seconds float64 `json:"seconds"`
	PeakMB  float64 `json:"peak_mb"`
}

// Run measures and prints the figures.
func (c *benchCmd) Run(e *env) error {
	if c.Measure > 0 {
		return measure(e, c.Measure)
	}
	if c.N < 1 {
		return usageError("--n must be at least 1")
	}
	texts, from, err := c.texts()
	if err != nil {
		return err
	}
	f := figures{Machine: machine(), Instructions: "plain Go", Articles: len(texts), From: from}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	if info, err := os.Stat(self); err == nil {
		f.BinaryMB = float64(info.Size()) / 1e6
	}
	if f.StartMS, err = firstReading(e, self, texts[0]); err != nil {
		return fmt.Errorf("bench: start: %w", err)
	}
	one, err := inProcess(e, self, texts, 1)
	if err != nil {
		return fmt.Errorf("bench: one job: %w", err)
	}
	two, err := inProcess(e, self, texts, 2)
	if err != nil {
		return fmt.Errorf("bench: two jobs: %w", err)
	}
	f.Words, f.PeakMB = one.Words, one.PeakMB
	f.OneJob, f.TwoJobs = float64(one.Words)/one.Seconds, float64(two.Words)/two.Seconds
	f.Ratio = f.TwoJobs / f.OneJob
	return f.write(e.out, c.JSON)
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
	peak := "not known on " + runtime.GOOS
	if f.PeakMB > 0 {
		peak = fmt.Sprintf("%.0f MB", f.PeakMB)
	}
	_, err := fmt.Fprintf(w, `machine         %s
articles        %d (%s), %d words, text in to JSON out, %s
one job         %.0f words/s on one core
two jobs        %.0f words/s, %.2f times one
peak memory     %s
first reading   %.0f ms after process start
binary          %.1f MB
`, f.Machine, f.Articles, f.From, f.Words, f.Instructions, f.OneJob, f.TwoJobs, f.Ratio, peak, f.StartMS, f.BinaryMB)
	if err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
}

// inProcess reads the texts in a process of its own that uses as many cores as it
// has jobs.
func inProcess(e *env, self string, texts []string, jobs int) (m measurement, err error) {
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, t := range texts {
		if err := enc.Encode(t); err != nil {
			return m, err
		}
	}
	cmd := exec.CommandContext(e, self, "bench", "--measure", strconv.Itoa(jobs))
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(jobs))
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
func measure(e *env, jobs int) error {
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
	reader, err := read.New()
	if err != nil {
		return err
	}
	m := measurement{}
	all := make([]input, len(texts))
	for i, t := range texts {
		m.Words += len(strings.Fields(t))
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
// to the end of its first reading, over five processes.
func firstReading(e *env, self, text string) (float64, error) {
	var times []float64
	for range 5 {
		cmd := exec.CommandContext(e, self, "read", "--format", "jsonl", "-")
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
