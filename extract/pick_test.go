package extract

import (
	"strings"
	"testing"
)

func TestAuthorNames(t *testing.T) {
	for _, c := range []struct{ byline, want string }{
		{"By Ines Maro", "Ines Maro"},
		{"Ines Maro, Political Editor", "Ines Maro"},
		{"By Ines Maro, Political Editor, and Karl Dorn in Port Vale", "Ines Maro+Karl Dorn"},
		{"Written by: INES MARO-LINDT", "Ines Maro-Lindt"},
		{"by Ines Maro | 4 March 2021", "Ines Maro"},
		{"By Ines Maro Updated March 4, 2021", "Ines Maro"},
		{"Ines Maro, PhD", "Ines Maro"},
		{"Piet van der Aa & Oda O’Rell", "Piet van der Aa+Oda O’Rell"},
		{"By Ines Maro for Delta Post", "Ines Maro"},
		{"admin", ""},
		{"https://deltapost.example/author/ines", ""},
		{"By", ""},
		{"", ""},
	} {
		if got := strings.Join(authorNames(c.byline), "+"); got != c.want {
			t.Errorf("%q: %q, want %q", c.byline, got, c.want)
		}
	}
}

// TestHeadline has pages whose title elements and headings differ.
func TestHeadline(t *testing.T) {
	const body = "<p>The ferry strike on the lower delta entered its second week on Thursday, and neither side said that it would return to the table."
	for _, c := range []struct{ name, page, title, outlet string }{
		{"outlet behind", "<title>Ferry strike goes on | Delta Post</title><h1>Ferry strike goes on</h1>", "Ferry strike goes on", "Delta Post"},
		{"outlet before", "<title>Delta Post: Ferry strike goes on</title><h1>Ferry strike goes on</h1>", "Ferry strike goes on", "Delta Post"},
		{"hyphen in the headline", "<title>Strike - the second week - Delta Post</title><meta property=og:site_name content='Delta Post'>", "Strike - the second week", "Delta Post"},
		{"logo is h1", "<title>Ferry strike goes on - Delta Post</title><h1>Delta Post</h1><h2 class=entry-title>Ferry strike goes on</h2>", "Ferry strike goes on", "Delta Post"},
		{"og:title is another", "<title>Why your ferry is late</title><meta property=og:title content='You will not believe this ferry'><h1>Why the ferry is late</h1>", "Why the ferry is late", ""},
		{"tags in JSON", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry <em>strike</em> goes on &amp; on","publisher":{"name":"Delta Post"}}</script>`, "Ferry strike goes on & on", "Delta Post"},
		{"broken JSON", `<title>Ferry strike goes on</title><script type="application/ld+json">{"@type":"NewsArticle","headline":</script>`, "Ferry strike goes on", ""},
		{"owner in the foot", "<h1>Ferry strike goes on</h1><small>© 2021 Delta Post. All rights reserved.</small>", "Ferry strike goes on", "Delta Post"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Article("x", []byte("<html><!-- Fictional example -->"+c.page+body))
			if err != nil {
				t.Fatal(err)
			}
			if d.Meta.Title != c.title || d.Meta.Outlet != c.outlet {
				t.Errorf("title %q, outlet %q; want %q, %q", d.Meta.Title, d.Meta.Outlet, c.title, c.outlet)
			}
		})
	}
}
