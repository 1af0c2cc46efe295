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
	Locator string `json:",omitzero"`
	// Text is what all spans refer to, in bytes.
	Text     string `json:",omitzero"`
	TextHash string `json:",omitzero"` // sha256 of Text in hex: equal for exact copies wherever they stand
	RawHash  string `json:",omitzero"` // sha256 of the page as it came; empty where none was kept
	Reader   string `json:",omitzero"` // program and models that read it

	Evidence

	// Entities are those that have a name, or that something else here names by its id.
	Entities   []Entity    `json:",omitzero"`
	Statements []Statement `json:",omitzero"`
	Events     []Event     `json:",omitzero"`
	Times      []Time      `json:",omitzero"`
	Places     []Place     `json:",omitzero"`
	// Citations are the places of the text that say from which outlet it has something.
	Citations []Citation `json:",omitzero"`
}

// Evidence is what page, feed and archive say of an article as a whole. Unknown fields
// are empty. Moments are RFC 3339, or a day (YYYY-MM-DD) where no hour is known.
type Evidence struct {
	Title     string `json:",omitzero"`
	Outlet    string `json:",omitzero"` // the medium that published it
	Family    string `json:",omitzero"` // the owner family of the outlet on the day of publication, such as "group:ga"
	Byline    string `json:",omitzero"`
	Credit    string `json:",omitzero"` // the agency or outlet credited: "Reuters"
	Dateline  string `json:",omitzero"`
	Section   string `json:",omitzero"`
	Language  string `json:",omitzero"`
	Published string `json:",omitzero"`
	Updated   string `json:",omitzero"`
	Fetched   string `json:",omitzero"`
	Canonical string `json:",omitzero"` // the address that the page calls its own
	Feed      string `json:",omitzero"` // address of the feed or archive that had it
	FeedFrom  string `json:",omitzero"` // the outlet that the feed's <source> or atom:source names
	FeedURL   string `json:",omitzero"` // the address in that <source>
}

// Entity is somebody or something that the article mentions; see doc.Entity.
type Entity struct {
	ID      string         // within the article: "e1"
	Name    string         `json:",omitzero"`
	Named   bool           `json:",omitzero"`
	Type    doc.EntityType `json:",omitzero"`
	Country string         `json:",omitzero"`
	Sector  string         `json:",omitzero"`
	Body    string         `json:",omitzero"`
	Role    string         `json:",omitzero"`
	Known   string         `json:",omitzero"` // id in the knowledge base
	Of      []string       `json:",omitzero"`
	First   doc.Span       `json:",omitzero"` // its first mention
	Count   int            `json:",omitzero"` // its mentions
}

// Statement is one telling of a claim: who said what in this article.
type Statement struct {
	ID     string  // within the article: "s7"
	Parent string  `json:",omitzero"` // the statement whose content it stands in, or ""
	Score  float64 `json:",omitzero"`
	Source Source  `json:",omitzero"`
	Cue    Cue     `json:",omitzero"`
	// Content is the fragments, and Words the same joined by single spaces.
	Content   []doc.Span    `json:",omitzero"`
	Words     string        `json:",omitzero"`
	Quotation doc.Quotation `json:",omitzero"`
	Negated   bool          `json:",omitzero"`
	Addressee Party         `json:",omitzero"`
	// About are the ids of the entities that the content mentions, pronouns resolved, in
	// order of first mention.
	About      []string     `json:",omitzero"`
	Factuality []Commitment `json:",omitzero"`
}

// Source is to whom a statement is attributed; see doc.Source.
type Source struct {
	Party
	Kind        doc.SourceKind `json:",omitzero"`
	Role        string         `json:",omitzero"`
	Affiliation string         `json:",omitzero"`
	Assumed     bool           `json:",omitzero"` // no word of the article tells the affiliation
	Count       int            `json:",omitzero"`
	Basis       string         `json:",omitzero"`
	Terms       string         `json:",omitzero"`
	Record      doc.Record     `json:",omitzero"`
}

// Party is words of the article and whom they mean.
type Party struct {
	Span   doc.Span `json:",omitzero"` // empty where the text names none
	Text   string   `json:",omitzero"`
	Entity string   `json:",omitzero"` // within the article, or ""
	Name   string   `json:",omitzero"` // the entity's name where it is a proper one
	Known  string   `json:",omitzero"` // id in the knowledge base
}

// Cue is the words that attribute.
type Cue struct {
	Spans []doc.Span `json:",omitzero"`
	Text  string     `json:",omitzero"`
	Lemma string     `json:",omitzero"`
	Class string     `json:",omitzero"`
}

// Commitment is how sure a holder is; see doc.Commitment.
type Commitment struct {
	Holder string         `json:",omitzero"` // a statement's id, or "author"
	Value  doc.Factuality `json:",omitzero"`
}

// Event is who did what to whom; see doc.Event.
type Event struct {
	ID         string        // within the article: "v3"
	Trigger    doc.Span      `json:",omitzero"`
	Text       string        `json:",omitzero"` // of the trigger
	Frame      string        `json:",omitzero"`
	Type       doc.EventType `json:",omitzero"`
	Mode       string        `json:",omitzero"`
	Contexts   []string      `json:",omitzero"`
	Actors     []Actor       `json:",omitzero"`
	Targets    []Actor       `json:",omitzero"`
	Time       string        `json:",omitzero"` // value of the time expression, or ""
	Place      string        `json:",omitzero"` // id within the article, or ""
	Statement  string        `json:",omitzero"` // id of the innermost statement that tells it, or ""
	Killed     int           `json:",omitzero"`
	Injured    int           `json:",omitzero"`
	Amount     string        `json:",omitzero"`
	Factuality []Commitment  `json:",omitzero"`
}

// Actor is a side of an event.
type Actor struct {
	Party
	Country string `json:",omitzero"`
	Sector  string `json:",omitzero"`
}

// Time is a time expression.
type Time struct {
	Span  doc.Span     `json:",omitzero"`
	Text  string       `json:",omitzero"`
	Type  doc.TimeType `json:",omitzero"`
	Value string       `json:",omitzero"`
}

// Place is the name of a place; Lat and Lon mean nothing where it was not Found.
type Place struct {
	ID       string   // within the article: "p1"
	Span     doc.Span `json:",omitzero"`
	Text     string   `json:",omitzero"`
	Found    bool     `json:",omitzero"`
	Name     string   `json:",omitzero"`
	Country  string   `json:",omitzero"`
	Lat      float64  `json:",omitzero"`
	Lon      float64  `json:",omitzero"`
	GeoNames int      `json:",omitzero"`
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

// Names for what an article is made of, for who stores or exports it and needs nothing
// else of a Doc.
type (
	Span       = doc.Span
	SourceKind = doc.SourceKind
)
