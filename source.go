package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"hearsay/doc"
	"hearsay/ledger"
	"hearsay/read"
)

type sourceCmd struct {
	viewFlag `embed:""`
	layFlag  `embed:""`
	Name     []string `arg:"" name:"name" help:"A source's name, words of it, or its id in the knowledge base."`
	Since    string   `placeholder:"YYYY-MM-DD" help:"Published on this day or later."`
	Until    string   `placeholder:"YYYY-MM-DD" help:"Published on this day or before."`
	Limit    int      `short:"n" default:"10" help:"How many statements are shown."`
	After    string   `placeholder:"MARK" help:"Go on behind the page that ended with this mark."`
}

func (sourceCmd) Help() string {
	return `What a source said: how many statements, as what kind of source, in which outlets, how sure it was of them, from when to when, and the newest of them. A name that is a source's whole name goes before words of names.

Examples:
  hearsay source "Jane Roe"
  hearsay source --since 2022-03-01 org:nato`
}

// Run prints a source.
func (c *sourceCmd) Run(e *env) error {
	if c.Limit < 1 {
		return usageError("--limit must be at least 1")
	}
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	p, err := v.Source(e, strings.Join(c.Name, " "), ledger.Filter{Since: c.Since, Until: c.Until, Limit: c.Limit, After: c.After})
	if err != nil {
		return err
	}
	out := c.rows(e.out)
	if !out.text {
		out.json(p)
		return out.err
	}
	out.line("%s%s%s  %s, %s to %s", bold, read.Printable(p.Name), plain, counted(p.Statements, "statement"), p.First, p.Last)
	for _, list := range []struct {
		name   string
		counts []ledger.Count
	}{{"kind", p.Kinds}, {"how sure", p.Certainty}, {"outlets", p.Outlets}} {
		if len(list.counts) == 0 {
			continue
		}
		var parts []string
		for _, n := range list.counts[:min(len(list.counts), 12)] {
			parts = append(parts, fmt.Sprintf("%s %d", cmp.Or(doc.Factuality(n.What).Words(), n.What, "unknown"), n.N))
		}
		out.wrapped("  "+cell(list.name, 10), strings.Join(parts, ", "), "")
	}
	out.line("")
	out.hitHead()
	for i := range p.Found.Hits {
		out.hit(&p.Found.Hits[i])
	}
	if p.Found.Next != "" {
		fmt.Fprintf(e.errs, "hearsay: there is more: --after %s\n", p.Found.Next)
	}
	return out.err
}

// lineSeq yields the lines of a text.
func lineSeq(text string) iter.Seq[string] {
	return strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n")
}
