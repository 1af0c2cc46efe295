package collect

import (
	"net/http"
	"testing"
)

func TestCanonical(t *testing.T) {
	for _, test := range []struct {
		name, link, entry, want string
	}{
		{"none", "", "", ""},
		{"of the entry", "", "https://a.example/1", "https://a.example/1"},
		{"of the server", `</style.css>; rel=preload, </1>; type="text/html"; rel="canonical"`, "https://a.example/2", "https://harbour.example/1"},
		{"another link", `</2>; rel="next"`, "", ""},
		{"broken", `;;=, rel=canonical`, "", ""},
	} {
		p := Page{URL: "https://harbour.example/x", Header: http.Header{}, Entry: Entry{Canonical: test.entry}}
		if test.link != "" {
			p.Header.Set("Link", test.link)
		}
		if got := p.Canonical(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestBefore(t *testing.T) {
	order := []string{"a", "a/b", "a/b/c", "a/c", "a-b/x", "a.txt", "b"}
	for i, a := range order {
		for j, b := range order {
			if got := before(a, b); got != (i < j) {
				t.Errorf("%s before %s: %v", a, b, got)
			}
		}
	}
}
