package provenance

import (
	"slices"

	"hearsay/doc"
)

// nest finds for each telling that stands in another one of its article, or around it, the
// one that speaks for both: «Officials told the Wire that Norway has said that it will close the
// lock» tells one claim three times over, and the officials are whom the article has it from.
// It is the outermost whose source is somebody: what stands around it only names the outlet
// that had it first.
func (t *tracer) nest() {
	at := map[[2]string]int{}
	for i := range t.Tellings {
		x := &t.Tellings[i]
		x.inside = -1
		at[[2]string{x.Article.ID, x.Statement.ID}] = i
	}
	main := make([]int, len(t.Tellings))
	t.inner = make([][]int, len(t.Tellings))
	for i := range t.Tellings {
		main[i] = -1
		for _, k := range t.nesting(i, at) {
			switch t.Tellings[k].speaker.kind {
			case doc.OutletSource, doc.Author, doc.UnknownSource, "":
			default:
				main[i] = k
			}
		}
	}
	for i := range t.Tellings {
		around := t.nesting(i, at)
		for _, k := range around {
			if main[k] < 0 && main[i] >= 0 {
				main[k] = main[i]
			}
		}
	}
	for i := range t.Tellings {
		x := &t.Tellings[i]
		if main[i] >= 0 && main[i] != i {
			x.inside = main[i]
			t.inner[main[i]] = append(t.inner[main[i]], i)
		}
		// What stands in a denial is denied.
		for _, k := range t.nesting(i, at) {
			x.Denies = x.Denies || t.Tellings[k].Denies
		}
	}
}

// nesting returns a telling and those of its article in which it stands, innermost first.
func (t *tracer) nesting(i int, at map[[2]string]int) (out []int) {
	x := &t.Tellings[i]
	for _, id := range x.chain() {
		if k, ok := at[[2]string{x.Article.ID, id}]; ok && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
