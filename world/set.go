package world

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Set is templates: stories, and the forms in which articles put them.
type Set struct {
	Stories []*Story
	Forms   map[string][]string // by kind
}

// Story is a claim and whoever may speak of it.
type Story struct {
	Name                             string
	Is, May, Not, Quote, Title, City []string
	Body, Aside                      []string
	Persons                          []Person
	Unnamed                          []Unnamed
	Papers                           []Paper
	Outlets, Wires                   []string
	Family                           map[string]string // by outlet
}

// Person is somebody who speaks on the record.
type Person struct{ Name, Role, Body, State string }

// Unnamed is the description of a source without a name.
type Unnamed struct{ Text, State, Role string }

// Paper is a document.
type Paper struct{ Text, Issuer, State string }

// kinds are those of forms, and whether a set must have them.
var kinds = map[string]bool{"named": true, "named-quote": true, "unnamed": true, "paper": true, "observed": false,
	"cite": true, "cite-unnamed": true, "cite-named": true, "deny": true, "bare": true, "credit": true, "head": true}

// Templates reads the set in a folder. Errors name file and line.
func Templates(dir string) (*Set, error) { return FromFS(os.DirFS(dir)) }

// FromFS is Templates where the folder is a file system.
func FromFS(from fs.FS) (*Set, error) {
	s := &Set{Forms: map[string][]string{}}
	var story *Story
	err := lines(from, "stories.txt", func(key, value string) error {
		if name, ok := strings.CutPrefix(key, "story "); ok && value == "" {
			story = &Story{Name: name, Family: map[string]string{}}
			s.Stories = append(s.Stories, story)
			return nil
		}
		if story == nil {
			return fmt.Errorf("%q before the first story", key)
		}
		return story.add(key, value)
	})
	if err != nil {
		return nil, err
	}
	err = lines(from, "forms.txt", func(key, value string) error {
		if _, ok := kinds[key]; !ok {
			return fmt.Errorf("unknown kind %q", key)
		}
		s.Forms[key] = append(s.Forms[key], value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for kind, must := range kinds {
		if must && len(s.Forms[kind]) == 0 {
			return nil, fmt.Errorf("read templates: forms.txt has no %s", kind)
		}
	}
	if len(s.Stories) == 0 {
		return nil, fmt.Errorf("read templates: stories.txt has no story")
	}
	for _, story := range s.Stories {
		if err := story.check(); err != nil {
			return nil, fmt.Errorf("read templates: story %s: %w", story.Name, err)
		}
	}
	return s, nil
}

func lines(from fs.FS, name string, line func(key, value string) error) error {
	f, err := from.Open(name)
	if err != nil {
		return fmt.Errorf("read templates: %w", err)
	}
	defer f.Close()
	n := 0
	for sc := bufio.NewScanner(f); sc.Scan(); {
		n++
		text := strings.TrimSpace(sc.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(text, ":")
		if !ok && !strings.HasPrefix(text, "story ") {
			return fmt.Errorf("read templates: %s:%d: no colon", name, n)
		}
		if err := line(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("read templates: %s:%d: %w", name, n, err)
		}
	}
	return nil
}

func (s *Story) add(key, value string) error {
	parts := strings.Split(value, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	wants := map[string]int{"person": 4, "unnamed": 3, "paper": 3, "family": 2}
	if n := wants[key]; n > 0 && len(parts) != n {
		return fmt.Errorf("%s has %d parts, not %d", key, len(parts), n)
	}
	if list := s.lists()[key]; list != nil {
		*list = append(*list, value)
		return nil
	}
	switch key {
	case "person":
		s.Persons = append(s.Persons, Person{parts[0], parts[1], parts[2], parts[3]})
	case "unnamed":
		s.Unnamed = append(s.Unnamed, Unnamed{parts[0], parts[1], parts[2]})
	case "paper":
		s.Papers = append(s.Papers, Paper{parts[0], parts[1], parts[2]})
	case "family":
		for _, o := range strings.Split(parts[0], ",") {
			s.Family[strings.TrimSpace(o)] = parts[1]
		}
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// lists are the keys whose values are whole lines.
func (s *Story) lists() map[string]*[]string {
	return map[string]*[]string{"is": &s.Is, "may": &s.May, "not": &s.Not, "quote": &s.Quote, "title": &s.Title, "city": &s.City,
		"body": &s.Body, "aside": &s.Aside, "outlet": &s.Outlets, "wire": &s.Wires}
}

// check says what a story lacks.
func (s *Story) check() error {
	for _, n := range []struct {
		what        string
		have, least int
	}{{"is", len(s.Is), 3}, {"may", len(s.May), len(s.Is)}, {"not", len(s.Not), 1}, {"quote", len(s.Quote), 1},
		{"title", len(s.Title), 1}, {"city", len(s.City), 1}, {"body", len(s.Body), 6}, {"aside", len(s.Aside), 4},
		{"person", len(s.Persons), 5}, {"unnamed", len(s.Unnamed), 6}, {"paper", len(s.Papers), 2},
		{"outlet", len(s.Outlets), 12}, {"wire", len(s.Wires), 2}} {
		if n.have < n.least {
			return fmt.Errorf("%d lines of %s, at least %d are needed", n.have, n.what, n.least)
		}
	}
	for _, text := range append(append([]string{}, s.Body...), s.Aside...) {
		if strings.Count(text, "~") < 2 {
			return fmt.Errorf("fewer than three ways to put %q", text)
		}
	}
	return nil
}
