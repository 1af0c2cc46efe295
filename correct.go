package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/claim"
	"hearsay/ledger"
)

type correctCmd struct {
	ledgerFlag  `embed:""`
	byFlag      `embed:""`
	Statement   string `arg:"" name:"statement" help:"What is corrected: a0123456789abcdef.s7, as rows of hearsay find show it."`
	Kind        string `placeholder:"KIND" help:"The kind of the source: person, organization, country, anonymous, collective, document, outlet, author, unknown."`
	Name        string `placeholder:"NAME" help:"Who the source is. An unnamed source is never given a name."`
	Known       string `placeholder:"ID" help:"With --name: its id in the knowledge base."`
	Affiliation string `placeholder:"WHOM" help:"State or body that the source speaks for."`
	Content     string `placeholder:"WORDS" help:"What is attributed, in the words of the article."`
	Spans       string `placeholder:"B:E,…" help:"What is attributed, as offsets in code points of the article's text."`
	Reject      bool   `help:"It is no statement."`
	Restore     string `placeholder:"WHAT" help:"Take earlier corrections back: kind, entity, affiliation, content, reject or all."`
}

func (correctCmd) Help() string {
	return `A correction goes before what is read, also before what later models read, and is kept with who made it, when and why. Nothing is overwritten: --as-known-on shows the days before.

Examples:
  hearsay correct a0123456789abcdef.s7 --kind document --why "it is the cable that says so"
  hearsay correct a0123456789abcdef.s7 --name "Jane Roe" --why "named in the paragraph before"
  hearsay correct a0123456789abcdef.s7 --content "talks would go on" --why "the rest is the reporter's"
  hearsay correct a0123456789abcdef.s9 --reject --why "the name of a ship"
  hearsay correct a0123456789abcdef.s9 --restore all --why "it is one after all"`
}

// Run records what is corrected.
func (c *correctCmd) Run(e *env) error {
	t, err := telling(c.Statement)
	if err != nil {
		return err
	}
	if c.Kind+c.Name+c.Affiliation+c.Content+c.Spans+c.Restore == "" && !c.Reject {
		return usageError("nothing to correct: name --kind, --name, --affiliation, --content, --spans, --reject or --restore")
	}
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	made, err := c.corrections(e, l, t)
	if err != nil {
		return err
	}
	for _, m := range made {
		m.Article, m.Statement, m.By, m.Reason = t.Article, t.Statement, c.who(), c.Why
		if m, err = l.Correct(e, m); err != nil {
			return err
		}
		if len(m.Content) > 0 {
			page, err := l.Now().Article(e, t.Article)
			if err != nil {
				return err
			}
			m.Content = pointsOf(page.Content.Text, m.Content)
		}
		if isTerminal(e.out) {
			r := (&layFlag{}).rows(e.out)
			r.correction(&m)
			err = r.err
		} else {
			err = json.NewEncoder(e.out).Encode(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// corrections returns what the flags say.
func (c *correctCmd) corrections(e *env, l *ledger.Ledger, t claim.Telling) (out []ledger.Correction, err error) {
	if c.Kind != "" {
		out = append(out, ledger.Correction{What: ledger.SetKind, Kind: c.Kind})
	}
	if c.Name != "" {
		out = append(out, ledger.Correction{What: ledger.SetEntity, Name: c.Name, Known: c.Known})
	}
	if c.Affiliation != "" {
		k, err := openKB(e)
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Correction{What: ledger.SetAffiliation, Affil: code(k, c.Affiliation)})
	}
	if c.Content != "" || c.Spans != "" {
		page, err := l.Now().Article(e, t.Article)
		if err != nil {
			return nil, err
		}
		spans, err := c.content(page.Content, t.Statement)
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Correction{What: ledger.SetContent, Content: spans})
	}
	if c.Reject {
		out = append(out, ledger.Correction{What: ledger.Reject})
	}
	if c.Restore != "" {
		field := ledger.Change(c.Restore)
		switch field {
		case "all":
			field = ""
		case ledger.SetKind, ledger.SetEntity, ledger.SetAffiliation, ledger.SetContent, ledger.Reject:
		default:
			return nil, usageError(fmt.Sprintf("--restore %s: it is kind, entity, affiliation, content, reject or all", c.Restore))
		}
		out = append(out, ledger.Correction{What: ledger.Restore, Field: field})
	}
	return out, nil
}

// content returns what is attributed in bytes of the text.
func (c *correctCmd) content(a *claim.Article, statement string) ([][2]int, error) {
	if c.Spans != "" {
		return bytesOf(a.Text, c.Spans)
	}
	near := 0
	for i := range a.Statements {
		if s := &a.Statements[i]; s.ID == statement && len(s.Content) > 0 {
			near = s.Content[0].Begin
		}
	}
	// The place closest to where it was, should the words stand there more than once.
	best := -1
	for at := 0; ; {
		i := strings.Index(a.Text[at:], c.Content)
		if i < 0 {
			break
		}
		if i += at; best < 0 || distance(i, near) < distance(best, near) {
			best = i
		}
		at = i + 1
	}
	if best < 0 {
		return nil, fmt.Errorf("correct %s: the article does not have the words %q", c.Statement, c.Content)
	}
	return [][2]int{{best, best + len(c.Content)}}, nil
}

// pointsOf turns bytes into code points, in which programs outside count.
func pointsOf(text string, spans [][2]int) [][2]int {
	out := make([][2]int, len(spans))
	for i, s := range spans {
		begin := utf8.RuneCountInString(text[:s[0]])
		out[i] = [2]int{begin, begin + utf8.RuneCountInString(text[s[0]:s[1]])}
	}
	return out
}

func distance(a, b int) int { return max(a-b, b-a) }

// bytesOf turns offsets in code points ("120:160,170:180") into bytes.
func bytesOf(text, spans string) (out [][2]int, err error) {
	var at []int // of each code point
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	for part := range strings.SplitSeq(spans, ",") {
		from, to, ok := strings.Cut(part, ":")
		b, err1 := strconv.Atoi(from)
		e, err2 := strconv.Atoi(to)
		if !ok || err1 != nil || err2 != nil || b < 0 || e <= b || e >= len(at) {
			return nil, usageError(fmt.Sprintf("--spans %s: %q is not BEGIN:END in a text of %d code points", spans, part, utf8.RuneCountInString(text)))
		}
		out = append(out, [2]int{at[b], at[e]})
	}
	return out, nil
}
