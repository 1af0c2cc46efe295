package kb

import "slices"

// Title is what a title in the news means.
type Title struct {
	Title   string
	Offices []string // the offices that it can be, the likeliest first; none for "Senator"
	Sector  string   // a PLOVER agent code
	Country string   // where it means that; "" anywhere
}

// Title returns what a title means in a state or a body: "Foreign Secretary" is a foreign
// minister in GBR. What holds in the country goes before what holds anywhere. Case does
// not matter; deputies, former and acting holders have titles of their own, or none.
func (k *KB) Title(title, country string) (Title, bool) {
	for _, c := range []string{country, ""} {
		for i := len(k.layers) - 1; i >= 0; i-- {
			for _, t := range k.layers[i].titles(title) {
				if t.Country == c {
					return t, true
				}
			}
		}
	}
	return Title{}, false
}

// TitleAnywhere returns all that a title means, by country, the user's meanings in the
// place of those shipped.
func (k *KB) TitleAnywhere(title string) (out []Title) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		for _, t := range k.layers[i].titles(title) {
			if !slices.ContainsFunc(out, func(o Title) bool { return o.Country == t.Country }) {
				out = append(out, t)
			}
		}
	}
	return out
}

func (l *layer) titles(title string) (out []Title) {
	for _, h := range l.indexes[byTitle].find(fold(title)) {
		r := l.row(h.row)
		out = append(out, Title{r.get("title"), list(r.get("office")), r.get("sector"), r.get("country")})
	}
	return out
}
