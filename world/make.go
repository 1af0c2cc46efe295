package world

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// World is articles and the truth about them.
type World struct {
	Articles []Article
	Truth    Truth
}

// Article is one article of a world; see FORMATS for its first line.
type Article struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Credit    string `json:"credit,omitempty"`
	Text      string `json:"-"`
}

// Truth is what is known about a world, as FORMATS has truth.json.
type Truth struct {
	Claims []Claim `json:"claims"`
}

// Claim is one claim of a world: its tellings, the origins as groups of them, how each two
// origins stand to each other as far as the texts tell, the paths of circular reporting;
// and beside FORMATS which telling has it from which, which articles share text, and along
// which the certainty rises.
type Claim struct {
	ID       string      `json:"id"`
	Tellings []Telling   `json:"tellings"`
	Origins  [][]int     `json:"origins"`
	Pairs    [][3]any    `json:"pairs"`
	Cycles   [][]string  `json:"cycles"`
	Edges    [][2]int    `json:"edges"`
	Copies   [][2]string `json:"copies"`
	Rises    [][]int     `json:"rises"`
	Denials  []Telling   `json:"denials"`
}

// Telling is the words of an article that tell the claim; offsets are code points of the
// text after the first line.
type Telling struct {
	Article string `json:"article"`
	Span    [2]int `json:"span"`
}

// source is an origin of the world.
type source struct {
	person  *Person
	unnamed *Unnamed
	paper   *Paper
	state   string
	body    string
	role    string
	told    string // outlet to which an unnamed source spoke
	may     bool
}

// piece is an article being written.
type piece struct {
	Article
	title   string
	paras   []string // the telling is marked by [[ ]] in them
	source  int      // index of the origin of its telling, -1: none
	telling []told
	day     time.Time
	wording int // which paraphrase
	may     bool
	from    int // index of the piece that it has it from, -1
}

// told is a telling in a piece, in the order of the marks in its paragraphs.
type told struct {
	source int
	from   int // piece
	may    bool
	denies bool
}

type maker struct {
	*rand.Rand
	set     *Set
	story   *Story
	outlets []string
	sources []*source
	pieces  []*piece
	start   time.Time
	cycles  [][]int
	copies  [][2]int
	used    map[string]int // by background: how often it has been told
}

// Make returns the world of a seed.
func (s *Set) Make(seed int64) *World {
	m := &maker{Rand: rand.New(rand.NewSource(seed)), set: s, used: map[string]int{}}
	m.story = s.Stories[m.Intn(len(s.Stories))]
	m.outlets = slices.Clone(m.story.Outlets)
	m.Shuffle(len(m.outlets), func(i, j int) { m.outlets[i], m.outlets[j] = m.outlets[j], m.outlets[i] })
	m.start = time.Date(2026, 2, 2+m.Intn(20), 6, 0, 0, 0, time.UTC)
	m.draw()
	m.spread()
	return m.finish()
}

func pick[T any](m *maker, of []T) T { return of[m.Intn(len(of))] }

// chance says yes in one of so many cases.
func (m *maker) chance(percent int) bool { return m.Intn(100) < percent }

// outlet returns an outlet that has published nothing yet, or "" when all have.
func (m *maker) outlet() string {
	if len(m.outlets) == 0 {
		return ""
	}
	o := m.outlets[0]
	m.outlets = m.outlets[1:]
	return o
}

// draw draws the origins and writes the article of each at first hand.
func (m *maker) draw() {
	persons, unnamed, papers := m.Perm(len(m.story.Persons)), m.Perm(len(m.story.Unnamed)), m.Perm(len(m.story.Papers))
	n := []int{1, 1, 2, 2, 2, 3}[m.Intn(6)]
	for i := range n {
		s := &source{may: m.chance(50)}
		kind := m.Intn(10)
		switch {
		case kind < 5 && i < len(persons):
			p := m.story.Persons[persons[i]]
			s.person, s.state, s.body, s.role = &p, p.State, p.Body, p.Role
		case kind < 8 || i >= len(papers):
			u := m.story.Unnamed[unnamed[i]]
			s.unnamed, s.state, s.role = &u, u.State, u.Role
		default:
			p := m.story.Papers[papers[i]]
			s.paper, s.state, s.body = &p, p.State, p.Issuer
		}
		m.sources = append(m.sources, s)
		o := m.outlet()
		if m.chance(30) && i < len(m.story.Wires) {
			o = m.story.Wires[i]
		}
		m.firstHand(i, o, m.start.Add(time.Duration(i*5+m.Intn(10))*time.Hour))
	}
}

// firstHand writes the article in which an outlet has it from the source itself.
func (m *maker) firstHand(i int, outlet string, day time.Time) *piece {
	s := m.sources[i]
	kind := "paper"
	switch {
	case s.person != nil && !s.may && m.chance(40):
		kind = "named-quote"
	case s.person != nil:
		kind = "named"
	case s.unnamed != nil:
		kind = "unnamed"
		s.told = outlet
	}
	p := m.write(kind, outlet, "", i, -1, s.may, day)
	p.telling = []told{{i, -1, s.may, false}}
	return p
}

// spread writes the articles that have it from others.
func (m *maker) spread() {
	for range 2 + m.Intn(6) {
		from := pick(m, m.pieces)
		if len(from.telling) == 0 || from.telling[0].source < 0 || len(m.outlets) == 0 {
			continue
		}
		switch k := m.Intn(10); {
		case k < 4:
			m.copy(from)
		case k < 8:
			m.cite(from, from.may)
		case m.sources[from.source].person != nil && from.from < 0:
			// Another paper at the same briefing.
			p := m.firstHand(from.source, m.outlet(), from.day.Add(time.Duration(m.Intn(8))*time.Hour))
			p.may, p.telling[0].may = from.may, from.may
		}
	}
	if m.chance(35) {
		m.launder()
	}
	if m.chance(25) {
		m.ring()
	}
	if m.chance(20) {
		m.back()
	}
	if m.chance(35) && len(m.outlets) > 0 {
		m.deny()
	}
	if m.chance(20) && len(m.outlets) > 0 {
		p := m.write("bare", m.outlet(), "", -1, -1, m.chance(50), m.later(m.start, 40))
		p.telling = []told{{-1, -1, p.may, false}}
	}
}

func (m *maker) later(than time.Time, hours int) time.Time {
	return than.Add(time.Duration(2+m.Intn(hours)) * time.Hour)
}

// copy writes an article that keeps the words of another: whole or cut, under its head or
// another one, with a credit line or without.
func (m *maker) copy(from *piece) {
	p := &piece{source: from.source, from: m.index(from), may: from.may, wording: from.wording, day: m.later(from.day, 20)}
	p.Outlet = m.outlet()
	p.title = from.title
	if m.chance(60) {
		p.title = m.fill(pick(m, m.set.Forms["head"]), from.source, p, "")
	}
	p.paras = slices.Clone(from.paras)
	if last := len(p.paras) - 1; from.Credit != "" {
		p.paras = p.paras[:last] // the credit line of the one copied
	}
	if m.chance(60) && len(p.paras) > 3 {
		p.paras = p.paras[:len(p.paras)-1-m.Intn(len(p.paras)-3)]
	}
	if m.chance(30) {
		if way := m.background(pick(m, m.story.Body)); way != "" {
			p.paras = append(p.paras, way)
		}
	}
	if m.chance(50) {
		p.Credit = from.Outlet
		p.paras = append(p.paras, m.fill(pick(m, m.set.Forms["credit"]), -1, p, from.Outlet))
	}
	for _, t := range from.telling {
		p.telling = append(p.telling, told{t.source, p.from, t.may, t.denies})
	}
	m.copies = append(m.copies, [2]int{p.from, len(m.pieces)})
	m.add(p)
}

// cite writes an article that names the outlet of another as where it has it from.
func (m *maker) cite(from *piece, may bool) *piece {
	kind := "cite"
	s := m.sources[from.source]
	switch {
	case s.unnamed != nil && m.chance(60):
		kind = "cite-unnamed"
	case s.person != nil && m.chance(60):
		kind = "cite-named"
	}
	// What is cited is where it stood first, or who told it on.
	p := m.write(kind, m.outlet(), from.Outlet, from.source, m.index(from), may, m.later(from.day, 30))
	p.telling = []told{{from.source, p.from, may, false}}
	return p
}

// launder writes a chain along which "may" becomes "is".
func (m *maker) launder() {
	var first *piece
	for _, p := range m.pieces {
		if p.may && p.source >= 0 && p.from < 0 {
			first = p
			break
		}
	}
	if first == nil || len(m.outlets) < 3 {
		return
	}
	at := first
	for i := range 1 + m.Intn(2) {
		at = m.cite(at, i == 0 && m.chance(50))
	}
	if at.may {
		m.cite(at, false)
	}
}

// ring writes three articles of outlets that cite each other and nobody else.
func (m *maker) ring() {
	if len(m.outlets) < 3 {
		return
	}
	o := []string{m.outlet(), m.outlet(), m.outlet()}
	day := m.later(m.start, 40)
	may := m.chance(50)
	first := len(m.pieces)
	for i := range 3 {
		p := m.write("cite", o[i], o[(i+2)%3], -1, -1, may, day.Add(time.Duration(i*6)*time.Hour))
		p.telling = []told{{-1, first + (i+2)%3, may, false}}
	}
	m.cycles = append(m.cycles, []int{first, first + 1, first + 2})
}

// back lets an outlet cite the coverage of its own report.
func (m *maker) back() {
	for k := len(m.pieces) - 1; k >= 0; k-- {
		p := m.pieces[k]
		if p.from < 0 || p.source < 0 || m.pieces[p.from].from >= 0 || len(p.telling) != 1 || m.copied(k) {
			continue
		}
		first := m.pieces[p.from]
		if first.Outlet == p.Outlet {
			continue
		}
		q := m.write("cite", first.Outlet, p.Outlet, p.source, k, p.may, m.later(p.day, 30))
		q.telling = []told{{p.source, k, p.may, false}}
		m.cycles = append(m.cycles, []int{len(m.pieces) - 1, k})
		return
	}
}

func (m *maker) copied(k int) bool {
	return slices.ContainsFunc(m.copies, func(c [2]int) bool { return c[1] == k })
}

// deny writes an article in which somebody of another state says that it is not so.
func (m *maker) deny() {
	p := pick(m, m.story.Persons)
	for _, s := range m.sources {
		if s.person != nil && s.person.Name == p.Name {
			return
		}
	}
	m.sources = append(m.sources, &source{person: &p, state: p.State, body: p.Body, role: p.Role})
	q := m.write("deny", m.outlet(), "", len(m.sources)-1, -1, false, m.later(m.start, 40))
	q.telling = []told{{len(m.sources) - 1, -1, false, true}}
	q.source = -1
}

func (m *maker) index(p *piece) int { return slices.Index(m.pieces, p) }

// write writes an article around a form.
func (m *maker) write(kind, outlet, cited string, source, from int, may bool, day time.Time) *piece {
	p := &piece{source: source, from: from, may: may, day: day, wording: m.Intn(len(m.story.Is))}
	p.Outlet = outlet
	p.title = pick(m, m.story.Title)
	lead := m.fill(pick(m, m.set.Forms[kind]), source, p, cited)
	if m.chance(50) {
		city := pick(m, m.story.City)
		if slices.Contains(m.story.Wires, outlet) {
			lead = fmt.Sprintf("%s (%s) — %s", city, strings.TrimPrefix(outlet, "the "), lead)
		} else {
			lead = fmt.Sprintf("%s — %s", city, lead)
		}
	}
	p.paras = []string{lead}
	rest := append(slices.Clone(m.story.Body), m.story.Aside...)
	m.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	for _, text := range rest[:3+m.Intn(min(4, len(rest)-3))] {
		if way := m.background(text); way != "" {
			p.paras = append(p.paras, way)
		}
	}
	if m.chance(25) && len(p.paras) > 1 {
		// The telling does not always come first.
		p.paras[0], p.paras[1] = p.paras[1], p.paras[0]
	}
	m.add(p)
	return p
}

// background returns a background in words that no article of the world has used yet, ""
// where there are none left: reporters who do not copy write their own.
func (m *maker) background(text string) string {
	ways := strings.Split(text, "~")
	n := m.used[text]
	m.used[text]++
	if n >= len(ways) {
		return ""
	}
	return strings.TrimSpace(ways[n])
}

func (m *maker) add(p *piece) {
	p.ID = fmt.Sprintf("a%02d", len(m.pieces)+1)
	p.URL = fmt.Sprintf("https://www.%s.example/%s/%s", slug(p.Outlet), p.day.Format("2006/01/02"), p.ID)
	p.Published = p.day.Format(time.RFC3339)
	m.pieces = append(m.pieces, p)
}

func slug(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fill puts the words into a form.
func (m *maker) fill(form string, source int, p *piece, cited string) string {
	claim := m.story.Is[p.wording]
	if p.may {
		claim = m.story.May[p.wording]
	}
	day := p.day
	slots := []string{"{is}", m.story.Is[p.wording], "{may}", m.story.May[p.wording], "{claim}", claim, "{Claim}", upper(claim),
		"{not}", pick(m, m.story.Not), "{quote}", pick(m, m.story.Quote), "{outlet}", p.Outlet, "{cited}", cited, "{day}", day.Weekday().String()}
	if source >= 0 {
		s := m.sources[source]
		if s.person != nil {
			names := strings.Fields(s.person.Name)
			slots = append(slots, "{who}", s.person.Name, "{role}", s.person.Role, "{short}", names[len(names)-1])
		}
		if s.unnamed != nil {
			slots = append(slots, "{unnamed}", s.unnamed.Text, "{Unnamed}", upper(s.unnamed.Text))
		}
		if s.paper != nil {
			slots = append(slots, "{paper}", s.paper.Text, "{Paper}", upper(s.paper.Text))
		}
	}
	return strings.NewReplacer(slots...).Replace(form)
}

func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
