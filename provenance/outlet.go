package provenance

import (
	"cmp"
	"net/url"
	"strings"

	"hearsay/claim"
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
