package provenance

import (
	"cmp"
	"net/url"
	"strings"

	"hearsay/claim"
	"hearsay/doc"
)

// outlet is a medium as far as it is known.
type outlet struct {
	key    string // equal for one medium under whatever name
	family string // its owner family; its own key where none is known
	name   string // as the text has it
}

// medium returns the outlet of a name or a domain on a day.
func (in *Input) medium(name, on string) outlet {
	name = strings.TrimSpace(name)
	if name == "" {
		return outlet{}
	}
	o := outlet{name: name}
	if in.Outlet != nil {
		o.key, o.family = in.Outlet(name, on)
	}
	o.key = cmp.Or(o.key, plain(name))
	o.family = cmp.Or(o.family, o.key)
	return o
}

// outletOf returns the outlet of an article: as page and feed name it, else by the host of
// its address.
func (in *Input) outletOf(a *claim.Article) outlet {
	name := a.Outlet
	if name == "" {
		if u, err := url.Parse(a.Locator); err == nil {
			name = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	o := in.medium(name, day(moment(a)))
	if a.Family != "" {
		o.family = a.Family
	}
	return o
}

// plain returns the name of an outlet in a form that is equal however it is written: "The
// Harbour-Wire" and "harbour wire", "Harbour Wire's".
func plain(name string) string {
	var b strings.Builder
	for _, w := range wordsOf(name) {
		s := strings.ToLower(name[w.Begin:w.End])
		s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
		if s == "the" && b.Len() == 0 {
			continue
		}
		b.WriteString(s)
	}
	return b.String()
}

// media are the outlets of the articles at hand, by key, so that a source is known to be a
// medium where nothing else says so.
func (in *Input) media() map[string]bool {
	out := map[string]bool{}
	for _, a := range in.Articles {
		if o := in.outletOf(a); o.key != "" {
			out[o.key] = true
		}
	}
	return out
}

// mediaWords are words that the names of media have: "the Fjord Post", "Radio Kura".
var mediaWords = setOf("times post herald news daily gazette journal tribune radio tv television newswire wire press chronicle " +
	"courier mail mirror observer review weekly monitor channel bulletin telegraph newspaper magazine broadcaster")

// sourceMedium says whether a source is a medium, and which: its kind says so, or its name is
// that of an outlet at hand, or has a word that names of media have.
func (t *tracer) sourceMedium(p *claim.Party, kind doc.SourceKind, on string) (outlet, bool) {
	name := cmp.Or(p.Name, p.Text)
	if name == "" {
		return outlet{}, false
	}
	o := t.in.medium(name, on)
	id, known := strings.CutPrefix(p.Known, "outlet:")
	if known && t.in.Outlet != nil {
		o = t.in.medium(id, on)
		o.name = name
	}
	if own := t.in.medium(p.Text, on); !t.media[o.key] && t.media[own.key] {
		o = own // whatever else the article takes it for
	}
	if !t.media[o.key] {
		if full, ok := t.begun(name); ok {
			o = full
		}
	}
	switch {
	case t.media[o.key], kind == doc.OutletSource, known:
		return o, true
	case kind == doc.OrganizationSource || kind == "":
		for _, w := range fold(name) {
			if mediaWords[w] {
				return o, true
			}
		}
	}
	return o, false
}

// begun returns the one outlet at hand whose name begins with a name of two words or more:
// "Front Page" is "Front Page Batumi".
func (t *tracer) begun(name string) (outlet, bool) {
	if len(fold(name)) < 2 {
		return outlet{}, false
	}
	begin, found := plain(name), ""
	for key := range t.media {
		if strings.HasPrefix(key, begin) {
			if found != "" {
				return outlet{}, false
			}
			found = key
		}
	}
	return outlet{key: found, family: found, name: name}, found != ""
}
