package main

import (
	"errors"
	"fmt"
	"strings"

	"hearsay/doc"
	"hearsay/ledger"
	"hearsay/lexicon/kb"
	"hearsay/read"
)

type findCmd struct {
	viewFlag    `embed:""`
	layFlag     `embed:""`
	Query       []string `arg:"" optional:"" name:"words" help:"Words that stand in the content or the source; \"in this order\" in quotation marks, -without."`
	About       []string `placeholder:"WHO" sep:"none" help:"Whom or what it is about: a country, a name, an id (org:nato). More than one: all of them."`
	Source      string   `placeholder:"NAME" help:"Words of the source's name."`
	SourceKind  []string `name:"source-kind" placeholder:"KIND" help:"person, organization, country, anonymous, collective, document, outlet, author or unknown; any of several."`
	Role        string   `placeholder:"WORDS" help:"Words of the source's role: official."`
	Affiliation string   `placeholder:"WHOM" help:"State or body that the source speaks for."`
	Outlet      []string `placeholder:"NAME" sep:"none" help:"Medium; any of several."`
	Certainty   []string `placeholder:"HOW" help:"certain, probable, possible, open, \"not so\", unlikely or doubtful, also as CT+ PR+ PS+ UU CT- PR- PS-; any of several."`
	Holder      string   `enum:",source,author" default:"" placeholder:"WHO" help:"Who is so certain: source, author, or anybody unless given."`
	Event       string   `placeholder:"TYPE" help:"Type of an event that is told: AID, THREATEN … (PLOVER)."`
	Actor       string   `placeholder:"WHO" help:"Who does it: a country, an id, a name."`
	Target      string   `placeholder:"WHO" help:"To whom it is done."`
	Place       string   `placeholder:"NAME" help:"Place or country of it."`
	Since       string   `placeholder:"YYYY-MM-DD" help:"Published on this day or later."`
	Until       string   `placeholder:"YYYY-MM-DD" help:"Published on this day or before."`
	Articles    bool     `help:"Find articles instead of statements: by words of title and text, events, places."`
	Cited       string   `placeholder:"OUTLET" help:"With --articles: those that cite or credit an outlet."`
	Revisions   bool     `help:"Also texts that a later one replaced. With --articles: what each text changed."`
	Best        bool     `help:"The best first, of the newest 1,000; else the newest first."`
	Limit       int      `short:"n" default:"20" help:"How many."`
	After       string   `placeholder:"MARK" help:"Go on behind the page that ended with this mark."`
}

func (findCmd) Help() string {
	return `Statements are found by their words and by who made them, about whom, how sure they are, and the events they tell. All that is given must hold. Names of countries and states may be written in any usual way. Each row shows the day and the outlet, who said it and how sure they were, the words, and where to open it: the address, with the words marked, or the path; then the ids of article and statement, for hearsay article and hearsay correct, and of the claim where others tell it too, for hearsay claim.

Examples:
  hearsay find 'military assistance'
  hearsay find --about China --source-kind anonymous --event AID --since 2022-03-01 'military assistance'
  hearsay find --source "Jane Roe" --certainty possible,probable --holder source
  hearsay find --as-known-on 2022-03-14 --about USA cable
  hearsay find --articles --revisions embassy`
}

// Run prints what is found.
func (c *findCmd) Run(e *env) error {
	f, err := c.filter(e)
	if err != nil {
		return err
	}
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	out := c.rows(e.out)
	next := ""
	n := 0
	if c.Articles {
		found, err := v.Articles(e, f)
		if err != nil {
			return asUsage(err)
		}
		n, next = len(found.Hits), found.Next
		for i := range found.Hits {
			if err := c.story(e, v, out, &found.Hits[i]); err != nil {
				return err
			}
		}
	} else {
		found, err := v.Find(e, f)
		if err != nil {
			return asUsage(err)
		}
		n, next = len(found.Hits), found.Next
		if out.text && n > 0 {
			out.hitHead()
		}
		for i := range found.Hits {
			out.hit(&found.Hits[i])
		}
	}
	if out.err != nil {
		return out.err
	}
	if next != "" {
		fmt.Fprintf(e.errs, "hearsay: there is more: --after %s\n", next)
	}
	if n == 0 {
		fmt.Fprintln(e.errs, "hearsay: nothing found; fewer words or filters find more")
	}
	return nil
}

// asUsage makes a wrong use of what the ledger says that a filter cannot be.
func asUsage(err error) error {
	var of *ledger.Error
	if errors.As(err, &of) && of.Why == "" && strings.HasPrefix(of.Op, "find") {
		return usageError(of.Err.Error())
	}
	return err
}

// filter turns the flags into what the ledger is asked.
func (c *findCmd) filter(e *env) (ledger.Filter, error) {
	f := ledger.Filter{
		Query: strings.Join(c.Query, " "), Source: c.Source, Role: c.Role, Outlets: c.Outlet, Kinds: c.SourceKind, Holder: c.Holder,
		Event: strings.ToUpper(c.Event), Since: c.Since, Until: c.Until, Cited: c.Cited,
		Revisions: c.Revisions, ByRank: c.Best, Limit: c.Limit, After: c.After,
	}
	if c.Limit < 1 {
		return f, usageError("--limit must be at least 1")
	}
	k, err := openKB(e)
	if err != nil {
		return f, err
	}
	for _, name := range c.About {
		f.About = append(f.About, code(k, name))
	}
	f.Affiliation, f.Actor, f.Target, f.Place = code(k, c.Affiliation), code(k, c.Actor), code(k, c.Target), code(k, c.Place)
	for _, how := range c.Certainty {
		value := strings.ToUpper(how)
		for _, v := range doc.Factualities {
			if strings.EqualFold(v.Words(), strings.TrimSpace(how)) {
				value = string(v)
			}
		}
		f.Certain = append(f.Certain, value)
	}
	return f, nil
}

// code returns the code of the country that a name is of, or the name.
func code(k *kb.KB, name string) string {
	if name == "" {
		return ""
	}
	if s, ok := k.State(strings.ToUpper(name)); ok && len(name) == 3 {
		return s.ID
	}
	found := ""
	for _, r := range k.Lookup(name) {
		if r.Entry.State == nil || r.As == kb.Capital || r.As == kb.Seat {
			continue
		}
		if found != "" && found != r.Entry.ID {
			return name // the name of several
		}
		found = r.Entry.ID
	}
	if found != "" {
		return found
	}
	return name
}

// story prints an article that was found.
func (c *findCmd) story(e *env, v ledger.View, out *rows, s *ledger.Story) error {
	var change *changesJSON
	if c.Revisions {
		page, err := v.Article(e, s.Article)
		if err != nil {
			return err
		}
		if change, err = changes(e, v, page.Revisions, page.Content); err != nil {
			return err
		}
	}
	if !out.text {
		out.json(struct {
			*ledger.Story
			Changes *changesJSON `json:"changes,omitzero"`
		}{s, change})
		return nil
	}
	out.line("%s%s%s", cell(dayText(s.Published), 12), cell(s.Outlet, 26)+"  "+bold, oneLine(s.Title)+plain)
	if s.Snippet != "" {
		out.wrapped("  ", s.Snippet, "")
	}
	for _, t := range s.Events {
		out.line("  %s: %s %s %s", t.Type, read.Printable(strings.Join(t.Actors, ", ")), read.Printable(t.Words), read.Printable(strings.Join(t.Targets, ", ")))
	}
	out.line("  %s%s  %s  %s%s", faint, read.Printable(s.Locator), s.Article, counted(s.Statements, "statement"), plain)
	if change != nil {
		change.print(out, "  ")
	}
	return nil
}
