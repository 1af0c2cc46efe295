package claim

import "hearsay/doc"

// CitationKind says how an article comes by what an outlet reported.
type CitationKind string

// The kinds of citation.
const (
	Reported  CitationKind = "reported"  // "CNN reported", "according to the Harbour Wire"
	First     CitationKind = "first"     // "first reported by the Harbour Wire"
	Told      CitationKind = "told"      // "officials told CNN": where the statement first appeared
	Interview CitationKind = "interview" // "in an interview with CNN"
	Citing    CitationKind = "citing"    // "citing two officials": what a cited report rests on
	Posted    CitationKind = "posted"    // "in a statement on Telegram"
	Credited  CitationKind = "credited"  // "(Reuters)", "AP contributed": a line of the page
)

// Citation is a place of the text that says from whom the article has something.
type Citation struct {
	Span doc.Span // the words: "first reported by the Harbour Wire"
	Kind CitationKind
	// Party is the outlet, the platform or the sources cited.
	Party Party
	// Statement is the statement that it is evidence for, or "" for all of the article.
	Statement string
}

// Cite returns the citations of a Doc in order of their spans.
func Cite(d *doc.Doc) []Citation {
	var out []Citation
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Source.Kind == doc.OutletSource && !s.Source.Span.Empty() {
			out = append(out, Citation{s.Source.Span, Reported, party(d, s.Source.Span, s.Source.Entity), number("s", i)})
		}
		if e := s.Told; !s.Addressee.Empty() && e >= 0 && outlet(d.Entities[e].Known) {
			out = append(out, Citation{s.Addressee, Told, party(d, s.Addressee, e), number("s", i)})
		}
	}
	return out
}

func outlet(known string) bool { return len(known) > 7 && known[:7] == "outlet:" }
