package world

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// finish lays the articles out and writes down the truth.
func (m *maker) finish() *World {
	w := &World{}
	c := Claim{ID: m.story.Name, Tellings: []Telling{}, Origins: [][]int{}, Pairs: [][3]any{}, Cycles: [][]string{},
		Edges: [][2]int{}, Copies: [][2]string{}, Rises: [][]int{}, Denials: []Telling{}}
	number := map[int]int{} // by piece: the number of its telling
	groups := map[int][]int{}
	for k, p := range m.pieces {
		text, spans := marked(p.title + "\n\n" + strings.Join(p.paras, "\n\n") + "\n")
		p.Text = text
		w.Articles = append(w.Articles, p.Article)
		for i, t := range p.telling {
			if i >= len(spans) {
				break
			}
			telling := Telling{p.ID, spans[i]}
			if t.denies {
				c.Denials = append(c.Denials, telling)
				continue
			}
			number[k] = len(c.Tellings)
			if t.source >= 0 {
				groups[t.source] = append(groups[t.source], len(c.Tellings))
			}
			c.Tellings = append(c.Tellings, telling)
		}
	}
	var sources []int
	for s := range groups {
		sources = append(sources, s)
	}
	sort.Ints(sources)
	for a, s := range sources {
		c.Origins = append(c.Origins, groups[s])
		for b := range sources[:a] {
			c.Pairs = append(c.Pairs, [3]any{b, a, m.relation(sources[b], s)})
		}
	}
	for k, p := range m.pieces {
		for _, t := range p.telling {
			from, ok := number[t.from]
			me, told := number[k]
			if t.from < 0 || !ok || !told || t.denies {
				continue
			}
			c.Edges = append(c.Edges, [2]int{me, from})
			if m.pieces[t.from].may && !t.may {
				c.Rises = append(c.Rises, []int{from, me})
			}
		}
	}
	for _, pair := range m.copies {
		c.Copies = append(c.Copies, [2]string{m.pieces[pair[0]].ID, m.pieces[pair[1]].ID})
	}
	for _, ring := range m.cycles {
		var ids []string
		for _, k := range ring {
			ids = append(ids, m.pieces[k].ID)
		}
		c.Cycles = append(c.Cycles, ids)
	}
	w.Truth.Claims = []Claim{c}
	return w
}

// relation returns how two origins stand to each other as far as the texts tell.
func (m *maker) relation(a, b int) string {
	x, y := m.sources[a], m.sources[b]
	switch {
	case x.state != "-" && y.state != "-" && x.state != y.state:
		return "independent"
	case x.unnamed != nil && y.unnamed != nil:
		if x.role != y.role && x.role != "official" && y.role != "official" {
			return "independent"
		}
	case private(x) && y.state != "-" || private(y) && x.state != "-":
		// A body of no state and somebody of a state.
		return "independent"
	case private(x) && private(y) && x.body != y.body:
		return "independent"
	}
	return "unknown"
}

// private says whether a source belongs to a body that is no state's.
func private(s *source) bool { return s.state == "-" && s.body != "" }

// marked takes the marks [[ ]] out of a text and returns where they stood, in code points.
func marked(text string) (string, [][2]int) {
	var b strings.Builder
	var spans [][2]int
	runes, begin := 0, 0
	for {
		i := strings.Index(text, "[[")
		k := strings.Index(text, "]]")
		switch {
		case i < 0 && k < 0:
			b.WriteString(text)
			return b.String(), spans
		case k < 0 || i >= 0 && i < k:
			b.WriteString(text[:i])
			runes += utf8.RuneCountInString(text[:i])
			begin = runes
			text = text[i+2:]
		default:
			b.WriteString(text[:k])
			runes += utf8.RuneCountInString(text[:k])
			spans = append(spans, [2]int{begin, runes})
			text = text[k+2:]
		}
	}
}

// Write writes a world into a folder, in the layout of FORMATS.
func (w *World) Write(dir string) error {
	articles := filepath.Join(dir, "articles")
	if err := os.MkdirAll(articles, 0o755); err != nil {
		return fmt.Errorf("write world: %w", err)
	}
	for _, a := range w.Articles {
		head, err := line(a)
		if err != nil {
			return fmt.Errorf("write world: article %s: %w", a.ID, err)
		}
		if err := os.WriteFile(filepath.Join(articles, a.ID+".txt"), append(append(head, '\n'), a.Text...), 0o644); err != nil {
			return fmt.Errorf("write world: %w", err)
		}
	}
	truth, err := line(w.Truth)
	if err != nil {
		return fmt.Errorf("write world: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "truth.json"), append(truth, '\n'), 0o644); err != nil {
		return fmt.Errorf("write world: %w", err)
	}
	return nil
}

func line(of any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(of)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Read reads a world from a folder. Articles come in the order of their files' names.
func Read(dir string) (*World, error) {
	w := &World{}
	names, err := filepath.Glob(filepath.Join(dir, "articles", "*.txt"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("read world %s: no articles", dir)
	}
	slices.Sort(names)
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read world: %w", err)
		}
		head, text, ok := bytes.Cut(b, []byte("\n"))
		var a Article
		if err := json.Unmarshal(head, &a); !ok || err != nil {
			return nil, fmt.Errorf("read world: %s: the first line is no JSON of an article", name)
		}
		a.Text = string(text)
		w.Articles = append(w.Articles, a)
	}
	b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return nil, fmt.Errorf("read world: %w", err)
	}
	if err := json.Unmarshal(b, &w.Truth); err != nil {
		return nil, fmt.Errorf("read world: %s: %w", filepath.Join(dir, "truth.json"), err)
	}
	return w, nil
}
