// Package extract turns a file or page into an article: text, blocks and what is
// known about it.
//
// In go raw bytes, out comes a Doc with Text, Meta and Blocks. A plain text's Text
// is exactly the decoded file; a page's is its main text as go-trafilatura finds
// it, paragraphs divided by blank lines. HTML is told by its content, not its name.
//
//	d, err := extract.Article("story.html", raw)
//	for _, b := range d.Blocks {
//		fmt.Println(b.Kind, d.Slice(b.Span))
//	}
//
// Blocks are what sentences never cross: paragraphs (hard-wrapped lines are joined
// into one), headlines, list items, datelines, bylines, credits, boilerplate. An
// item's block leaves out its bullet.
//
// What it gets wrong: a short quotation or verse line in title case is taken for a
// headline; a page whose text is in a script has none; a date in words elsewhere
// than in the first lines is not looked for.
package extract
