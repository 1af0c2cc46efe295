package claim

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"hearsay/doc"
)

// Article is one version of a page or a file, with all that was read out of it. It is
// self-contained: whoever has it needs neither the Doc nor the models.
type Article struct {
	// ID names the locator together with the text: "a" and 16 letters or digits. The same
	// text at the same place is the same article, whenever it is fetched.
	ID string
	// Locator is the URL, or the path, under which the article is kept. Articles of one
	// locator are revisions of each other.
	Locator string
	// Text is what all spans refer to, in bytes.
	Text     string
	TextHash string // sha256 of Text in hex: equal for exact copies wherever they stand
	RawHash  string // sha256 of the page as it came; empty where none was kept
	Reader   string // program and models that read it

	Evidence

	Entities   []Entity
	Statements []Statement
	Events     []Event
	Times      []Time
	Places     []Place
	// Citations are the places of the text that say from which outlet it has something.
	Citations []Citation
}

// Evidence is what page, feed and archive say of an article as a whole. Unknown fields
// are empty. Moments are RFC 3339, or a day (YYYY-MM-DD) where no hour is known.
type Evidence struct {
	Title     string
	Outlet    string // the medium that published it
	Family    string // the owner family of the outlet on the day of publication, such as "group:ga"
	Byline    string
	Credit    string // the agency or outlet credited: "Reuters"
	Dateline  string
	Section   string
	Language  string
	Published string
	Updated   string
	Fetched   string
	Canonical string // the address that the page calls its own
	Feed      string // address of the feed or archive that had it
	FeedFrom  string // the outlet that the feed's <source> or atom:source names
	FeedURL   string // the address in that <source>
}

// Entity is somebody or something that the article mentions; see doc.Entity.
type Entity struct {
	ID      string // within the article: "e1"
	Name    string
	Named   bool
	Type    doc.EntityType
	Country string
	Sector  string
	Body    string
	Role    string
	Known   string // id in the knowledge base
	Of      []string
	First   doc.Span // its first mention
	Count   int      // its mentions
}

// Statement is one telling of a claim: who said what in this article.
type Statement struct {
	ID     string // within the article: "s7"
	Parent string // the statement whose content it stands in, or ""
	Score  float64
	Source Source
	Cue    Cue
	// Content is the fragments, and Words the same joined by single spaces.
	Content   []doc.Span
	Words     string
	Quotation doc.Quotation
	Negated   bool
	Addressee Party
	// About are the ids of the entities that the content mentions, pronouns resolved, in
	// order of first mention.
	About      []string
	Factuality []Commitment
}

// Source is to whom a statement is attributed; see doc.Source.
type Source struct {
	Party
	Kind        doc.SourceKind
	Role        string
	Affiliation string
	Count       int
	Basis       string
	Terms       string
	Record      doc.Record
}

// Party is words of the article and whom they mean.
type Party struct {
	Span   doc.Span // empty where the text names none
	Text   string
	Entity string // within the article, or ""
	Name   string // the entity's name where it is a proper one
	Known  string // id in the knowledge base
}

// Cue is the words that attribute.
type Cue struct {
	Spans []doc.Span
	Text  string
	Lemma string
	Class string
}

// Commitment is how sure a holder is; see doc.Commitment.
type Commitment struct {
	Holder string // a statement's id, or "author"
	Value  doc.Factuality
}

// Event is who did what to whom; see doc.Event.
type Event struct {
	ID         string // within the article: "v3"
	Trigger    doc.Span
	Text       string // of the trigger
	Frame      string
	Type       doc.EventType
	Mode       string
	Contexts   []string
	Actors     []Actor
	Targets    []Actor
	Time       string // value of the time expression, or ""
	Place      string // id within the article, or ""
	Statement  string // id of the innermost statement that tells it, or ""
	Killed     int
	Injured    int
	Amount     string
	Factuality []Commitment
}

// Actor is a side of an event.
type Actor struct {
	Party
	Country string
	Sector  string
}

// Time is a time expression.
type Time struct {
	Span  doc.Span
	Text  string
	Type  doc.TimeType
	Value string
}

// Place is the name of a place; Lat and Lon mean nothing where it was not Found.
type Place struct {
	ID       string // within the article: "p1"
	Span     doc.Span
	Text     string
	Found    bool
	Name     string
	Country  string
	Lat, Lon float64
	GeoNames int
}

// Author is the holder who wrote the article.
const Author = "author"

// ArticleID returns the id of an article: of its locator and its text.
func ArticleID(locator, text string) string {
	h := sha256.New()
	h.Write([]byte(locator))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return "a" + strings.ToLower(base32.HexEncoding.EncodeToString(h.Sum(nil)[:10]))
}

// Hash returns the sha256 of bytes in hex.
func Hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
