package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// WriteResults writes RESULTS.md: for each corpus and task a table of n, P, R, F1
// with its interval, that of the fast reader, the value before, the trivial baseline and
// the floor; what scores
// are worth; the published figures beside ours; and the errors by kind. The figures also stand in a
// comment at the end, from which the next run takes the values before; corpora and
// tasks that were not run keep theirs. A value before is the last one that differed,
// so writing twice changes nothing. The file is replaced whole or not at all.
func WriteResults(path string, report *Report, floors []Floor) error {
	old, err := readResults(path)
	if err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	next := old.merge(report)
	tmp := path + ".new"
	if err := os.WriteFile(tmp, next.markdown(floors), 0o644); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// results is what RESULTS.md keeps.
type results struct {
	rows   []Row
	groups []keptGroup
	models map[string]keptModel // by task
}

// keptGroup is a kind of error as it is kept in the comment.
type keptGroup struct {
	Task   string `json:"task"`
	Corpus string `json:"corpus"`
	Group
}

// keptModel names the versions that a task was measured with.
type keptModel struct {
	Task  string `json:"task"`
	Model string `json:"model"`
	Fast  string `json:"fast,omitempty"`
}

const (
	keptOpen  = "<!-- figures, a JSON object a line"
	keptClose = "-->"
)

// readResults reads the comment of an earlier file. No file is no results.
func readResults(path string) (results, error) {
	out := results{models: map[string]keptModel{}}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	_, kept, _ := strings.Cut(string(raw), keptOpen)
	kept, _, _ = strings.Cut(kept, keptClose)
	for i, line := range strings.Split(kept, "\n") {
		if line == "" {
			continue
		}
		var probe struct{ Metric, Group, Model string }
		err := json.Unmarshal([]byte(line), &probe)
		switch {
		case err != nil:
		case probe.Metric != "":
			var r Row
			if err = json.Unmarshal([]byte(line), &r); err == nil {
				out.rows = append(out.rows, r)
			}
		case probe.Group != "":
			var g keptGroup
			if err = json.Unmarshal([]byte(line), &g); err == nil {
				out.groups = append(out.groups, g)
			}
		case probe.Model != "":
			var m keptModel
			if err = json.Unmarshal([]byte(line), &m); err == nil {
				out.models[m.Task] = m
			}
		}
		if err != nil {
			return out, fmt.Errorf("read %s: line %d of the figures: %w", path, i, err)
		}
	}
	return out, nil
}

// merge puts a report in the place of what it measured anew.
func (old results) merge(report *Report) results {
	before := map[string]Row{}
	for _, r := range old.rows {
		before[r.key()] = r
	}
	fresh := map[string]bool{}
	for _, r := range report.Rows {
		fresh[r.Task+" "+r.Corpus] = true
	}
	next := results{models: map[string]keptModel{}}
	for task, model := range old.models {
		next.models[task] = model
	}
	for _, task := range Tasks {
		for _, r := range report.Rows {
			if r.Task != task {
				continue
			}
			next.models[task] = keptModel{task, report.Version, report.Fast}
			if was, ok := before[r.key()]; ok {
				r.Before = was.Before
				if was.Value != r.Value {
					r.Before = &was.Value
				}
			}
			next.rows = append(next.rows, r)
		}
		for _, r := range old.rows {
			if r.Task == task && !fresh[r.Task+" "+r.Corpus] {
				next.rows = append(next.rows, r)
			}
		}
	}
	for _, m := range report.Mistakes {
		for _, g := range m.Groups {
			next.groups = append(next.groups, keptGroup{m.Task, m.Corpus, g})
		}
	}
	for _, g := range old.groups {
		if !fresh[g.Task+" "+g.Corpus] {
			next.groups = append(next.groups, g)
		}
	}
	return next
}

const resultsHead = `# Results

Written by ` + "`hearsay eval --write`" + `; the package documentation of eval has the definitions.
All figures are of dev parts, in percent (errors of places in kilometres), with a 95 %
bootstrap interval over articles.
"--fast" is the value of the reader that reads with linear models alone. "Before" is the
last value that differed. The baseline is a trivial reading of the same articles: for
statements, a verb of saying with its subject and the rest of its sentence; for words and
trees, splitting at white space, the most frequent tag and relation, and the word before
as head; for names, runs of capitals; for coreference, equal words, and for a pronoun the
name before it; for sources, a person of the United States, the last one named; for times,
the nearest past; for places, the largest of the name; for links, the cosine
of TF-IDF at its best threshold on the open half. "` + "`hearsay eval quote --errors 50`" + `" prints errors with their sentences.
`

// markdown writes the file.
func (r results) markdown(floors []Floor) []byte {
	var b bytes.Buffer
	b.WriteString(resultsHead)
	least := map[string]float64{}
	for _, f := range floors {
		least[f.key()] = f.Floor
	}
	head, part := "", ""
	for i, row := range r.rows {
		if h := row.Task + " " + row.Corpus; h != head {
			head, part = h, ""
			fmt.Fprintf(&b, "\n## %s on %s\n", row.Task, row.Corpus)
			if m, ok := r.models[row.Task]; ok {
				fmt.Fprintf(&b, "\nRead by %s.\n", m.Model)
				if m.Fast != "" {
					fmt.Fprintf(&b, "With --fast by %s.\n", m.Fast)
				}
			}
		}
		aside := ofScores(row.Metric) || atLeast(row.Metric)
		if row.Part != part && !aside {
			part = row.Part
			fmt.Fprintf(&b, "\n%s:\n\n| metric | n | P | R | F1 | 95 %% | --fast | before | baseline | floor |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n", part)
		}
		if !aside {
			floor := ""
			if f, ok := least[row.key()]; ok {
				floor = num(&f)
			}
			value := "**" + num(&row.Value) + "**"
			fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s–%s | %s | %s | %s | %s |\n", row.Metric, row.N, num(row.P), num(row.R),
				value, num(&row.Low), num(&row.High), num(row.Fast), num(row.Before), num(row.Baseline), floor)
		}
		if i+1 == len(r.rows) || r.rows[i+1].Task+" "+r.rows[i+1].Corpus != head {
			r.reliability(&b, head)
			r.leastScores(&b, head)
			r.compare(&b, head)
			r.mistakes(&b, head)
		}
	}
	r.keep(&b)
	return b.Bytes()
}

// compare writes the published figures beside ours.
func (r results) compare(b *bytes.Buffer, head string) {
	c, ok := comparisons[head]
	if !ok {
		return
	}
	ours, fast := map[string]float64{}, map[string]float64{}
	for _, row := range r.rows {
		if row.Task+" "+row.Corpus != head || row.Part != "dev" {
			continue
		}
		ours[row.Metric] = row.Value
		if row.Fast != nil {
			fast[row.Metric] = *row.Fast
		}
	}
	b.WriteString("\nPublished, beside ours:\n\n| system |")
	for _, m := range c.metrics {
		b.WriteString(" " + m + " |")
	}
	b.WriteString(" source |\n|---|" + strings.Repeat("--:|", len(c.metrics)) + "---|\n")
	line := func(system string, figures map[string]float64, source string) {
		b.WriteString("| " + system + " |")
		for _, m := range c.metrics {
			if f, ok := figures[m]; ok {
				b.WriteString(" " + num(&f) + " |")
			} else {
				b.WriteString(" – |")
			}
		}
		b.WriteString(" " + source + " |\n")
	}
	for _, p := range c.rows {
		line(p.system, p.figures, p.source)
	}
	line("**Hearsay**", ours, "this file")
	if len(fast) > 0 {
		line("**Hearsay, --fast**", fast, "this file")
	}
	b.WriteString("\n" + c.setUp + "\n")
}

// mistakes writes the errors by kind.
func (r results) mistakes(b *bytes.Buffer, head string) {
	first := true
	for _, g := range r.groups {
		if g.Task+" "+g.Corpus != head {
			continue
		}
		if first {
			b.WriteString("\nErrors by kind (nested predictions left out; one statement can have several):\n\n| errors | kind |\n|--:|---|\n")
			first = false
		}
		fmt.Fprintf(b, "| %d | %s |\n", g.Count, g.Name)
	}
}

// keep writes the comment that the next run reads. JSON escapes ">", so that no
// value can end it.
func (r results) keep(b *bytes.Buffer) {
	b.WriteString("\n" + keptOpen + "\n")
	enc := json.NewEncoder(b) // into memory: it cannot fail on these types
	for _, task := range Tasks {
		if m, ok := r.models[task]; ok {
			_ = enc.Encode(m)
		}
	}
	for _, row := range r.rows {
		_ = enc.Encode(row)
	}
	for _, g := range r.groups {
		_ = enc.Encode(g)
	}
	b.WriteString(keptClose + "\n")
}
