package main

import (
	"fmt"
	"os/user"
	"strings"

	"hearsay/claim"
	"hearsay/ledger"
	"hearsay/lexicon/kb"
	"hearsay/provenance"
	"hearsay/read"
)

type claimCmd struct {
	Show  claimShowCmd  `cmd:"" default:"withargs" help:"Print a claim with all that tell it."`
	Split claimSplitCmd `cmd:"" help:"Take tellings out of a claim."`
	Merge claimMergeCmd `cmd:"" help:"Make one claim of two."`
}

func (claimCmd) Help() string {
	return `A claim is the same proposition across articles. The id of any of its tellings names it, as rows of hearsay find show them: c0123456789abcdef.s7, or a0123456789abcdef.s7. How many origins it has is counted by where tellings come from and never by how many there are; hearsay origins shows that.

Examples:
  hearsay claim c0123456789abcdef.s7
  hearsay claim --format json c0123456789abcdef.s7
  hearsay claim split c0123456789abcdef.s7 afedcba987654321.s2 --why "another dam"
  hearsay claim merge c0123456789abcdef.s7 cfedcba987654321.s2 --why "the same order"`
}

type claimShowCmd struct {
	viewFlag `embed:""`
	ID       string `arg:"" name:"id" help:"Id of a claim, or of an article and a statement (a0123456789abcdef.s7)."`
	Format   string `short:"f" enum:"auto,text,json,jsonl" default:"auto" help:"text, or json as FORMATS describes a claim (jsonl: on one line). Unless given: text on a terminal, else jsonl."`
	Width    int    `placeholder:"N" help:"Columns of the text format. Unless given: the terminal's, or 100."`
}

// claimID returns the id of the claim that is named by its own id or by a telling's.
func claimID(s string) (string, error) {
	if rest, ok := strings.CutPrefix(s, "a"); ok {
		s = "c" + rest
	}
	if !strings.HasPrefix(s, "c") || !strings.Contains(s, ".s") {
		return "", usageError(fmt.Sprintf("%q is not the id of a claim, such as c0123456789abcdef.s7; rows of hearsay find show them", s))
	}
	return s, nil
}

// telling returns what a0123456789abcdef.s7 names.
func telling(s string) (claim.Telling, error) {
	article, statement, ok := strings.Cut(s, ".")
	if rest, is := strings.CutPrefix(article, "c"); is {
		article = "a" + rest
	}
	if !ok || !strings.HasPrefix(article, "a") || !strings.HasPrefix(statement, "s") {
		return claim.Telling{}, usageError(fmt.Sprintf("%q does not name a statement, such as a0123456789abcdef.s7; rows of hearsay find show them", s))
	}
	return claim.Telling{Article: article, Statement: statement}, nil
}

// traced returns a claim and where its tellings come from.
func traced(e *env, v ledger.View, k *kb.KB, name string) (*ledger.ClaimPage, *provenance.Graph, error) {
	id, err := claimID(name)
	if err != nil {
		return nil, nil, err
	}
	page, err := v.Claim(e, id)
	if err != nil {
		return nil, nil, err
	}
	var articles []*claim.Article
	seen := map[string]bool{}
	for _, t := range page.Tellings {
		if seen[t.Article] {
			continue
		}
		seen[t.Article] = true
		a, err := v.Article(e, t.Article)
		if err != nil {
			return nil, nil, err
		}
		articles = append(articles, a.Content)
	}
	find := outlets(k)
	return page, provenance.Trace(provenance.Input{
		Claim: &page.Claim, Articles: articles, Copies: provenance.CopiesOf(articles),
		Outlet: func(name, day string) (string, string) {
			entry, ok := find(name, day)
			if !ok {
				return "", ""
			}
			return entry.ID, entry.Outlet.Owner
		},
		State: func(name string) string {
			for _, r := range k.Lookup(name) {
				if r.Entry.State != nil {
					return r.Entry.ID
				}
			}
			return ""
		},
	}), nil
}

// Run prints a claim.
func (c *claimShowCmd) Run(e *env) error {
	if _, err := claimID(c.ID); err != nil {
		return err
	}
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	k, err := openKB(e)
	if err != nil {
		return err
	}
	page, g, err := traced(e, v, k, c.ID)
	if err != nil {
		return err
	}
	out := (&layFlag{Format: strings.Replace(c.Format, "json", "jsonl", 1), Width: c.Width}).rows(e.out)
	if c.Format == "jsonl" {
		out.text = false
	}
	if !out.text {
		return printGraph(e, g, c.Format == "json")
	}
	out.wrapped("", "“"+page.Text+"”", bold)
	out.line("%s  %s\n", page.ID, g.Summary())
	out.hitHead()
	for i := range page.Hits {
		out.hit(&page.Hits[i])
	}
	out.links(page.Links)
	for i := range page.Corrections {
		out.correction(&page.Corrections[i])
	}
	return out.err
}

// links writes what joins the tellings of a claim, or parts them.
func (r *rows) links(links []claim.Link) {
	if len(links) > 0 {
		r.line("\nlinks")
	}
	for _, k := range links {
		how := "linked"
		if k.Score == 0 {
			how = "parted"
		}
		line := fmt.Sprintf("%s.%s and %s.%s %s by %s", k.A.Article, k.A.Statement, k.B.Article, k.B.Statement, how, k.By)
		if k.By == claim.Machine {
			line += fmt.Sprintf(" (%.2f)", k.Score)
		}
		for i, m := range k.Evidence {
			sep := "; "
			if i == 0 {
				sep = ": "
			}
			line += sep + m.What + " " + m.How
		}
		r.wrapped("  ", line, "")
	}
}

// printGraph writes a claim as JSON.
func printGraph(e *env, g *provenance.Graph, indented bool) error {
	b, err := g.JSON()
	if err == nil && indented {
		b, err = read.Indent(b)
	}
	if err == nil {
		_, err = e.out.Write(append(b, '\n'))
	}
	return err
}

// byFlag says who corrects, and why.
type byFlag struct {
	By  string `env:"HEARSAY_BY" placeholder:"NAME" help:"Who says so. Unless given: the name of your account."`
	Why string `required:"" placeholder:"REASON" help:"The reason, which is kept."`
}

func (f *byFlag) who() string {
	if f.By != "" {
		return f.By
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

type claimSplitCmd struct {
	ledgerFlag `embed:""`
	byFlag     `embed:""`
	ID         string   `arg:"" name:"id" help:"Id of the claim."`
	Tellings   []string `arg:"" name:"telling" help:"What goes: a0123456789abcdef.s7."`
}

func (claimSplitCmd) Help() string {
	return `The tellings become a claim of their own, and the machine does not join the two again.

Example:
  hearsay claim split c0123456789abcdef.s7 afedcba987654321.s2 --why "another dam"`
}

// Run splits a claim.
func (c *claimSplitCmd) Run(e *env) error {
	id, err := claimID(c.ID)
	if err != nil {
		return err
	}
	var gone []claim.Telling
	for _, s := range c.Tellings {
		t, err := telling(s)
		if err != nil {
			return err
		}
		gone = append(gone, t)
	}
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	rest, split, err := l.Split(e, id, gone, c.who(), c.Why)
	if err == nil {
		_, err = fmt.Fprintf(e.out, "%s\n%s\n", rest, split)
	}
	return err
}

type claimMergeCmd struct {
	ledgerFlag `embed:""`
	byFlag     `embed:""`
	A          string `arg:"" name:"claim" help:"Id of a claim."`
	B          string `arg:"" name:"other" help:"Id of the other."`
}

func (claimMergeCmd) Help() string {
	return `Example:
  hearsay claim merge c0123456789abcdef.s7 cfedcba987654321.s2 --why "the same order"`
}

// Run merges two claims.
func (c *claimMergeCmd) Run(e *env) error {
	a, err := claimID(c.A)
	if err != nil {
		return err
	}
	b, err := claimID(c.B)
	if err != nil {
		return err
	}
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	id, err := l.Merge(e, a, b, c.who(), c.Why)
	if err == nil {
		_, err = fmt.Fprintln(e.out, id)
	}
	return err
}
