// Package doc holds the annotated article: its text and one typed layer for
// each stage that reads it.
//
// In goes nothing, out comes the type that all stages share. A Doc owns the
// text; everything else is a view of it: a [Span] is a pair of byte offsets
// into Doc.Text, and a token, a sentence or a statement is spans plus labels.
// Nothing is stored twice and nothing is ever joined again from tokens. Each
// layer has exactly one writer, named at its field.
//
//	d := doc.New("He left, aides said.")
//	tagger.Annotate(d)
//	for _, t := range d.Tokens {
//		fmt.Println(d.Slice(t.Span), t.UPOS)
//	}
//
// Inside the program offsets are bytes. Outside it (JSON, API) they are Unicode
// code points, as in the W3C Web Annotation model; [Offsets] converts.
package doc

// Doc is one article and what has been read out of it. The zero layers mean
// "not read yet". A corpus fills the layers that its annotators marked, so that
// gold and predicted articles are the same type and can be compared.
type Doc struct {
	// Text is the decoded file or the text extracted from a page, in valid UTF-8.
	// Every offset refers to it. It is never changed after the Doc is made.
	Text string
	// Meta is what is known about the article as a whole. Writer: extract.
	Meta Meta
	// Reader names the program and the models that filled the layers below; empty for
	// what people marked. Writer: read.
	Reader string
	// Blocks are the paragraphs and other runs of lines, in order and apart from
	// each other; white space lies between them. Writer: extract.
	Blocks []Block
	// Sentences are in order, and each lies inside one block. Writer: syntax.
	Sentences []Sentence
	// Tokens are the syntactic words of all sentences in order. Writer: syntax.
	Tokens []Token
	// Vectors has a vector for each token, from which the later stages read. Writer:
	// encode.
	Vectors Vectors
	// Second has a vector for each token from the second encoder, which has learnt names
	// in place of grammar. Writer: encode.
	Second Vectors
	// Names are the proper names of the text in order, apart from each other. Writer:
	// entity.
	Names []Name
	// Statements are in order of their cues. Writer: quote.
	Statements []Statement
	// Mentions are the words that refer to somebody or something told apart, in order of
	// their beginnings, a longer one before those inside it. Writer: entity.
	Mentions []Mention
	// Entities are what the mentions refer to, in order of their first mentions. Writer:
	// entity.
	Entities []Entity
	// Times are the time expressions in order, apart from each other. Writer:
	// entity/timex.
	Times []Time
	// Places are the names of places in order, apart from each other. Writer:
	// entity/place.
	Places []Place
	// Events are in order of their triggers. Writer: event, but for their Factuality,
	// which is certainty's.
	Events []Event
}

// New returns a Doc of text with no layer filled.
func New(text string) *Doc { return &Doc{Text: text} }

// Slice returns the text of a span.
func (d *Doc) Slice(s Span) string { return d.Text[s.Begin:s.End] }

// Word returns the text of token i.
func (d *Doc) Word(i int) string { return d.Text[d.Tokens[i].Begin:d.Tokens[i].End] }

// Meta is what is known about an article as a whole; unknown fields are empty.
type Meta struct {
	Path      string // where it was read from, as the user named it
	Title     string
	Outlet    string // the medium that published it
	Byline    string
	Credit    string // the agency or outlet credited, such as "Reuters"
	Dateline  string // where it was written and perhaps when, as printed: "PORT VALE, March 3"
	Published string // YYYY-MM-DD
	Updated   string // YYYY-MM-DD: the last change that the page names
	Section   string // of the outlet: "World"
	Canonical string // the address that the page gives as its own
	Language  string // ISO 639-1, or "und" where it cannot be told
}

// Block is a run of text that sentences never cross.
type Block struct {
	Span
	Kind BlockKind
}

// BlockKind says what a block is for.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph   BlockKind = iota
	Headline              // a title or a heading inside the text, mostly without a full stop
	Item                  // one entry of a bulleted or numbered list
	Dateline              // "WASHINGTON (AP) —", before the paragraph that it opens
	Byline                // "By Jane Roe", "March 3, 2021"
	Credit                // "Source: CNN", "(Reporting by …)"
	Boilerplate           // "Read more here": not part of the report
)

// String returns the lower-case name of the kind.
func (k BlockKind) String() string {
	return [...]string{"paragraph", "headline", "item", "dateline", "byline", "credit", "boilerplate"}[k]
}

// Prose says whether the block's sentences are part of the report, so that
// statements may be looked for in them.
func (k BlockKind) Prose() bool { return k <= Item }

// Sentence is a span and the range of its tokens, [First, Last) in Doc.Tokens.
type Sentence struct {
	Span
	First, Last int // tokens [First, Last) of Doc.Tokens
	Block       int // index into Doc.Blocks
}

// Token is a syntactic word in the sense of Universal Dependencies: "don't" is
// the two tokens "do" and "n't". Words of one multiword token whose forms are
// not pieces of the surface share its span.
type Token struct {
	Span
	UPOS  string // universal part of speech, such as "VERB"
	XPOS  string // Penn Treebank tag, such as "VBD"
	Lemma string
	Head  int    // index into Doc.Tokens of the head; -1 at the root of a sentence
	Rel   string // relation to the head with its subtype, such as "acl:relcl"
}

// Statement is one attribution: who said what. In the field's terms an
// attribution relation of source, cue and content (PDTB, PARC, PolNeAR).
type Statement struct {
	// Parent is the index of the innermost statement whose content this one
	// stands in, or -1.
	Parent int
	// Score is the probability that a careful reader would mark the statement.
	Score  float64
	Source Source
	Cue    Cue
	// Content is what is attributed: fragments in order, apart from each other.
	Content   []Span
	Quotation Quotation
	// Negated is grammatical: "did not say", "does not believe".
	Negated bool
	// Addressee is whom it was said to ("told CNN"); empty if none is named.
	Addressee Span
	// Told is the entity of the addressee: an index into Doc.Entities, or -1.
	Told int
	// Factuality is how sure the source, the sources of the statements around it and the
	// author are of the content: this statement's first, the author last. Writer:
	// certainty.
	Factuality []Commitment
}

// Source is to whom a statement is attributed.
type Source struct {
	// Span is empty where the text names no source.
	Span Span
	Kind SourceKind
	// Entity is who it is: an index into Doc.Entities, or -1.
	Entity int
	// Role is the office or the occupation, in the article's words.
	Role string
	// Affiliation is the state (ISO 3166 alpha-3) or the body that the source belongs to
	// or speaks for.
	Affiliation string
	// Assumed says that no word of the article tells the affiliation: it is the state of
	// the outlet, or the one that the article names most.
	Assumed bool
	// Count is how many they are, 0 where that is not told.
	Count int
	// Basis is how an unnamed source knows: "familiar with the matter".
	Basis string
	// Terms are on what terms it speaks: "on condition of anonymity".
	Terms  string
	Record Record
}

// SourceKind says what sort of source it is, as FORMATS lists them.
type SourceKind string

// The kinds of source. An empty kind has not been decided.
const (
	PersonSource       SourceKind = "person"       // named here or elsewhere in the article
	OrganizationSource SourceKind = "organization" // a body below a state
	CountrySource      SourceKind = "country"      // a state or its government
	Anonymous          SourceKind = "anonymous"    // unnamed, yet somebody: "two officials", "a diplomat"
	Collective         SourceKind = "collective"   // an unnamed group: "critics"
	DocumentSource     SourceKind = "document"     // a report, a poll, a law
	OutletSource       SourceKind = "outlet"       // a medium
	Author             SourceKind = "author"       // no source named: the reporter vouches
	UnknownSource      SourceKind = "unknown"      // no source named, or none that can be told
)

// Record says whether a source speaks on the record; empty where nothing tells.
type Record string

// On the record is who gives a name, off it who speaks on terms that hide it.
const (
	OnRecord  Record = "on"
	OffRecord Record = "off"
)

// Cue is the words that attribute.
type Cue struct {
	Spans []Span // in order; one, except where words stand between its parts
	Lemma string // of its head word
	Class string // what the cue does: say, show, ask, order, warn …; see lexicon
}

// Quotation says how far the content is in the source's own words.
type Quotation string

// Direct is wholly inside quotation marks, Mixed partly, Indirect not at all.
const (
	Direct   Quotation = "direct"
	Indirect Quotation = "indirect"
	Mixed    Quotation = "mixed"
)
