package place

import (
	"strings"
	"unicode"

	"hearsay/doc"
	"hearsay/lexicon/gazetteer"
)

// within returns what the text behind a name says that it lies in, of all that the
// words may stand for; none if it says nothing.
//
//	Peoria[, Ill.,] · Cairo [(Egypt)] · Dover[, Kent County, Delaware]
func (f *finder) within(text string, s doc.Span) []gazetteer.ID {
	rest := text[s.End:min(len(text), s.End+60)]
	rest = strings.TrimLeft(rest, " \u00a0")
	if rest == "" || rest[0] != ',' && rest[0] != '(' {
		return nil
	}
	return f.holders(rest[1:])
}

// holders reads a state, region or county at the beginning of a text: its longest run
// of up to four capitalised words that is the name of any.
func (f *finder) holders(rest string) []gazetteer.ID {
	rest = strings.TrimLeft(rest, " \u00a0\n")
	var ends [4]int
	n, at := 0, 0
	for n < len(ends) && at < len(rest) {
		r := rune(rest[at])
		if r < 0x80 && !unicode.IsUpper(r) && !(n > 0 && (strings.HasPrefix(rest[at:], "of ") || strings.HasPrefix(rest[at:], "and "))) {
			break
		}
		end := at
		for end < len(rest) && rest[end] != ' ' && rest[end] != ',' && rest[end] != ')' && rest[end] != ';' && rest[end] != '\n' {
			end++
		}
		ends[n] = end
		n++
		if end >= len(rest) || rest[end] != ' ' {
			break
		}
		at = end + 1
	}
	for n--; n >= 0; n-- {
		name := strings.TrimRight(rest[:ends[n]], ":?!\"”")
		name = bareName(name)
		var out []gazetteer.ID
		f.key = gazetteer.AppendFold(f.key[:0], name)
		if len(f.key) == 0 {
			continue
		}
		if id, ok := f.g.Abbreviation(string(f.key)); ok && len(f.key) <= 5 {
			out = append(out, id)
		}
		f.cand = f.g.FindFolded(f.cand[:0], f.key)
		for _, c := range f.cand {
			switch f.g.Kind(c.ID) {
			case gazetteer.Country, gazetteer.Region, gazetteer.County:
				out = append(out, c.ID)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// surroundings are witnesses that are no names of the text: the outlet, by its name and
// by the state of its address, and the title.
func surroundings(d *doc.Doc, f *finder) (out []witness) {
	name, state := outletNames(d.Meta.Outlet)
	if o := f.outlet(name); len(o) > 0 {
		out = append(out, witness{group: -1, weight: weights.outlet, options: o})
	}
	if state != "" {
		if o := f.options(state); len(o) > 0 {
			for i := range o {
				o[i].score = o[i].prior
			}
			out = append(out, witness{group: -1, weight: weights.country, options: shares(o)})
		}
	}
	return out
}

// outlet returns the towns that the name of an outlet holds.
func (f *finder) outlet(names []string) []option {
	for _, name := range names {
		var list []option
		for _, o := range f.options(name) {
			if (o.kind.Populated() || o.kind == gazetteer.County || o.kind == gazetteer.Region) && f.g.Size(o.id) > townSize {
				o.score = o.prior
				if english[f.g.ISO3(o.id)] {
					o.score += weights.english
				}
				list = append(list, o)
			}
		}
		if len(list) > 0 {
			return shares(list)
		}
	}
	return nil
}

// english are the states with newspapers in English named after their towns.
var english = words("USA GBR CAN AUS NZL IRL IND ZAF")

// townSize is the size of five thousand people: smaller towns are named in outlets by
// chance more often than not.
const townSize = 8 * 12

// press are the words that names of outlets are made of, those within others later.
var press = strings.Fields(`newspapers independent republican intelligencer telegraph telegram enquirer inquirer examiner chronicle
	dispatch democrat observer reporter register sentinel standard american advertiser advocate broadcasting television tribune herald gazette
	courier journal guardian bulletin recorder mercury leader ledger citizen express review beacon record argus online weekly evening morning
	sunday banner local press daily times today union world globe eagle mail echo post news star item sun web www pub
	the my on and of fm tv`)

// outletNames returns the names of places that an outlet's name or address may hold,
// the likeliest first, and the state that an address ends with, as "uk" in
// "gazette.example.co.uk".
//
//	"The Springfield News-Sun" → Springfield · "lasvegassun.com" → Las Vegas
func outletNames(outlet string) (names []string, state string) {
	if outlet == "" {
		return nil, ""
	}
	lower := strings.ToLower(outlet)
	if strings.Contains(lower, " ") || !strings.Contains(lower, ".") {
		var left []string
		for _, w := range strings.FieldsFunc(outlet, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '.' }) {
			if !isPress(strings.ToLower(w)) {
				left = append(left, w)
			}
		}
		return []string{strings.Join(left, " ")}, ""
	}
	lower = strings.TrimPrefix(strings.TrimPrefix(lower, "https://"), "http://")
	lower, _, _ = strings.Cut(lower, "/")
	label := strings.Split(lower, ".")
	if last := label[len(label)-1]; len(last) == 2 {
		state = addresses[last]
	}
	for i := len(label) - 2; i >= 0; i-- {
		for _, part := range strings.Split(label[i], "-") {
			for changed := true; changed; {
				changed = false
				for _, w := range press {
					if s, ok := strings.CutPrefix(part, w); ok {
						part, changed = s, true
					}
					if s, ok := strings.CutSuffix(part, w); ok {
						part, changed = s, true
					}
				}
			}
			if len(part) < 4 {
				continue
			}
			names = append(names, part)
			// An address writes no blanks: "lasvegas".
			for cut := 3; cut <= len(part)-3; cut++ {
				names = append(names, part[:cut]+" "+part[cut:])
			}
			if a, b, ok := strings.Cut(part, "and"); ok && len(a) > 3 && len(b) > 3 {
				names = append(names, a, b)
			}
		}
	}
	return names, state
}

func isPress(w string) bool {
	for _, p := range press {
		if w == p {
			return true
		}
	}
	return false
}

// addresses are the endings of internet addresses of states that many an outlet in
// English has, and not those that are sold for their sound.
var addresses = map[string]string{"uk": "United Kingdom", "ca": "Canada", "au": "Australia", "nz": "New Zealand", "ie": "Ireland",
	"in": "India", "za": "South Africa", "ru": "Russia", "cn": "China", "jp": "Japan", "de": "Germany", "fr": "France", "it": "Italy", "es": "Spain",
	"il": "Israel", "eg": "Egypt", "lb": "Lebanon", "pk": "Pakistan", "ng": "Nigeria", "ke": "Kenya", "gh": "Ghana", "ug": "Uganda", "ph": "Philippines",
	"my": "Malaysia", "sg": "Singapore", "th": "Thailand", "id": "Indonesia", "bd": "Bangladesh", "lk": "Sri Lanka", "ge": "Georgia", "ua": "Ukraine",
	"pl": "Poland", "tr": "Turkey", "ir": "Iran", "sa": "Saudi Arabia", "ae": "United Arab Emirates", "jm": "Jamaica", "zw": "Zimbabwe", "zm": "Zambia",
	"tz": "Tanzania", "np": "Nepal", "kr": "South Korea", "tw": "Taiwan", "hk": "Hong Kong", "mx": "Mexico", "br": "Brazil", "nl": "Netherlands", "se": "Sweden",
	"no": "Norway", "dk": "Denmark", "fi": "Finland", "gr": "Greece", "cy": "Cyprus", "mt": "Malta", "jo": "Jordan", "qa": "Qatar", "kw": "Kuwait"}
