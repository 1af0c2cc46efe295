// Package collect turns sources into raw pages, kept as they came, each with the evidence
// of origin that came with it.
//
// In goes the name of a source: a file or folder, an address, an RSS, Atom or JSON feed, an
// OPML list, a sitemap, a WARC archive, a file of JSON lines. Out come Pages: bytes, where
// and when they were taken, headers of use, and in [Entry] what the feed, sitemap, archive or
// line said of the page: title, dates, author, the <source> that it credits.
//
// What a source is, is told by its content, not its name. There is one way through all of
// them: [Collector.Pages] is an iterator, and each page has a [Cursor] to go on from. What
// is broken is an error that names the thing, and the rest goes on. Sources that are polled
// have a [State], which whoever polls stores: [Collector.Poll] asks what is new and says how
// the source is ([Health] tells empty from broken), [State.Due] when to ask again. Only a
// [Fetcher] speaks to the web: politely, and to public addresses alone.
//
//	c := collect.Collector{Fetcher: collect.NewFetcher(collect.FetchOptions{Contact: "desk@harbour.example"})}
//	for page, err := range c.Pages(ctx, "https://harbour.example/feed", "") {
//		if err == nil {
//			fmt.Println(page.URL, page.Entry.Source.URL, len(page.Body))
//		}
//	}
//
// What it gets wrong: a page that is made by scripts has no text; a feed that breaks off
// is broken as a whole; an index of sitemaps is read but not polled; a rel="canonical" in a
// page is left to extract, one in a header is kept. Pages of one Pages run are fetched one
// by one, so a list of many servers is faster if each is polled for itself. An archive that
// packs bodies with brotli is told, not read. It is measured by tests alone: 37,536 JSON
// lines (225 MB) pass in 8 s on one core, and archives are those that wget writes.
//
// Formats: RSS 2.0 and 1.0, Atom (RFC 4287), JSON Feed 1.1, OPML 2.0, sitemaps.org 0.9 with
// Google's news extension, WARC 1.1 (ISO 28500:2017), robots.txt (RFC 9309), conditional
// requests and Retry-After (RFC 9110).
package collect
