package kb

import (
	"cmp"
	"slices"
	"strings"
)

// Confidence says how sure a table is of a term.
type Confidence uint8

// The confidences.
const (
	NoConfidence Confidence = iota // of what is not known
	Low
	Medium
	High
)

// String returns the word that the tables use.
func (c Confidence) String() string {
	return [...]string{"none", "low", "medium", "high"}[c]
}

// Holder is somebody in an office for a term.
type Holder struct {
	Person  string // id of the person
	Name    string
	Names   []string // other spellings and short forms
	Country string   // ISO 3166-1 alpha-3, or the id of a body: "org:un"
	Office  string   // one of Offices
	Titles  []string // as news writes the office, the commonest first
	// Sector is the PLOVER agent code of the office; "" where it is not known.
	Sector     string
	Term       Term
	Confidence Confidence
}

// Offices are those that tables of holders have.
var Offices = []string{
	"head of state", "head of government", "foreign minister", "defence minister", "speaker", "vice president",
	"finance minister", "interior minister", "security adviser", "central bank", "spokesperson", "other",
}

// Holder returns who held an office of a state or a body on a day. What is one of Offices
// or a title as news writes it ("President", "Secretary of State", "foreign minister").
// Nothing is known on a day that no term covers, where two people held the office or
// claimed it, or with the zero Day. On the day of a change it is the one who came. Where
// only the month or the year of a term is known and the day falls in it, confidence is
// low.
func (k *KB) Holder(country, what string, on Day) (h Holder, confidence Confidence, known bool) {
	if slices.Contains(Offices, what) {
		return k.inOffice(country, what, on)
	}
	key := country + "\tt:" + fold(what)
	if h, c, ok := k.holderOf(key, on); ok {
		return h, c, true
	}
	// The country's own rows say which office the title is, else the table of titles. A
	// head of state goes by many titles, of which one may be another person's: Iran's
	// President is not its Supreme Leader.
	var offices []string
	if rows := k.holders(key); len(rows) > 0 {
		if office := rows[0].Office; office != "head of state" && office != "other" && office != "spokesperson" {
			offices = []string{office}
		}
	} else if t, ok := k.Title(what, country); ok {
		offices = t.Offices
	}
	for _, office := range offices {
		if office == "other" || office == "spokesperson" {
			continue
		}
		if h, c, ok := k.inOffice(country, office, on); ok {
			return h, c, true
		}
	}
	return Holder{}, NoConfidence, false
}

// WhoIs returns whom a state or a body and an office mean together on a day: "the Chinese
// President", "U.S. Secretary of State", "NATO chief". The first words name the state or
// the body, the others are the title. Where that can be read as two people, nothing is
// known.
func (k *KB) WhoIs(phrase string, on Day) (h Holder, confidence Confidence, known bool) {
	phrase, _ = cutThe(phrase)
	for i := 1; i < len(phrase); i++ {
		if phrase[i] != ' ' {
			continue
		}
		for _, ref := range k.Lookup(strings.TrimSuffix(phrase[:i], "'s")) {
			if ref.Entry.State == nil && ref.Entry.Table != Bodies {
				continue
			}
			found, c, ok := k.Holder(ref.Entry.ID, phrase[i+1:], on)
			if !ok || known && found.Name == h.Name {
				continue
			}
			if known {
				return Holder{}, NoConfidence, false
			}
			h, confidence, known = found, c, true
		}
	}
	return h, confidence, known
}

// inOffice returns who held one of Offices. Where the tables have no head of government
// of a country, its head of state governs.
func (k *KB) inOffice(country, office string, on Day) (Holder, Confidence, bool) {
	if office == "head of government" && len(k.holders(country+"\t"+office)) == 0 {
		office = "head of state"
	}
	return k.holderOf(country+"\t"+office, on)
}

// holderOf chooses from the terms of a key, the later layers first.
func (k *KB) holderOf(key string, on Day) (Holder, Confidence, bool) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		if h, ok := choose(k.holdersIn(k.layers[i], key), on); ok {
			return h, h.Confidence, true
		}
	}
	return Holder{}, NoConfidence, false
}

// choose returns the one of the terms that covers the day.
func choose(terms []Holder, on Day) (Holder, bool) {
	var sure, maybe []Holder
	for _, h := range terms {
		if covers, certain := h.Term.Covers(on); certain {
			sure = append(sure, h)
		} else if covers {
			maybe = append(maybe, h)
		}
	}
	if len(sure) > 1 {
		// On the day of a change the one who came counts.
		newest := slices.MaxFunc(sure, func(a, b Holder) int { return cmp.Compare(a.Term.First, b.Term.First) })
		sure = slices.DeleteFunc(sure, func(h Holder) bool { return h.Name != newest.Name && h.Term.Last == on })
	}
	if h, ok := one(sure); ok || len(sure) > 0 {
		return h, ok
	}
	h, ok := one(maybe)
	h.Confidence = min(h.Confidence, Low)
	return h, ok
}

// one returns the last of several terms of one person.
func one(terms []Holder) (Holder, bool) {
	if len(terms) == 0 {
		return Holder{}, false
	}
	last := terms[len(terms)-1]
	for _, h := range terms {
		if h.Name != last.Name {
			return Holder{}, false
		}
	}
	return last, true
}

// OfficesOf returns the offices that a person held on a day. The person is named in full,
// as the tables have it, or by id.
func (k *KB) OfficesOf(person string, on Day) (out []Holder) {
	if strings.HasPrefix(person, "person:") {
		e, ok := k.Entry(person)
		if !ok {
			return nil
		}
		person = e.Name
	}
	for _, h := range k.terms(person) {
		if covers, _ := h.Term.Covers(on); covers {
			out = append(out, h)
		}
	}
	return out
}

// Terms returns all terms of an office or of a title of a state or a body, in the order
// of the tables, the shipped ones first.
func (k *KB) Terms(country, what string) []Holder {
	if slices.Contains(Offices, what) {
		return k.holders(country + "\t" + what)
	}
	return k.holders(country + "\tt:" + fold(what))
}

// TermsOf returns all terms of the person of that full name.
func (k *KB) TermsOf(name string) []Holder { return k.terms(name) }

// terms returns all terms of a person with that full name.
func (k *KB) terms(name string) (out []Holder) {
	for _, l := range k.layers {
		for _, h := range l.indexes[byPerson].find(fold(name)) {
			if l.table(h.row) != Holders {
				continue
			}
			if r := l.row(h.row); r.get("name") == name {
				out = append(out, k.holder(r))
			}
		}
	}
	return out
}

// holders returns the terms of a key of the index in all layers.
func (k *KB) holders(key string) (out []Holder) {
	for _, l := range k.layers {
		out = append(out, k.holdersIn(l, key)...)
	}
	return out
}

func (k *KB) holdersIn(l *layer, key string) (out []Holder) {
	for _, h := range l.indexes[byTerm].find(key) {
		out = append(out, k.holder(l.row(h.row)))
	}
	return out
}

// holder reads a row of a term, which has been checked.
func (k *KB) holder(r row) Holder {
	h := Holder{
		Name: r.get("name"), Names: list(r.get("names")), Country: r.get("country"),
		Office: r.get("office"), Titles: list(r.get("title")), Confidence: confidence(r.get("confidence")),
	}
	h.Person = personID(h.Name)
	h.Term, _ = newTerm(r.get("from"), r.get("to"), r.asOf)
	switch h.Office {
	case "speaker":
		h.Sector = "LEG"
	case "other", "spokesperson":
		for _, t := range h.Titles {
			if title, ok := k.Title(t, h.Country); ok && h.Sector == "" {
				h.Sector = title.Sector
			}
		}
	default:
		h.Sector = "GOV"
	}
	if body, ok := k.Entry(h.Country); ok && body.State == nil {
		h.Sector = body.Sector
	}
	return h
}

func confidence(s string) Confidence {
	switch s {
	case "high":
		return High
	case "medium":
		return Medium
	case "low":
		return Low
	}
	return NoConfidence
}
