package entity_test

import (
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
)

// TestPlace reads sentences and asks for office, state and body of one entity each.
func TestPlace(t *testing.T) {
	r := shipped(t)
	for _, c := range []struct {
		name, text, of        string
		role, country, sector string
		body                  string
	}{
		{"minister with a state", "Ukrainian Foreign Minister Ada Rolle spoke in Kyiv.", "Ada Rolle", "Foreign Minister", "UKR", "GOV", ""},
		{"minister in apposition", "Ada Rolle, the Ukrainian foreign minister, spoke in Kyiv.", "Ada Rolle", "foreign minister", "UKR", "GOV", ""},
		{"body of state in the role", "Pentagon spokesman Jim Tarn spoke to the press.", "Jim Tarn", "Pentagon spokesman", "USA", "MIL", ""},
		{"ministry without a name", "Chinese foreign ministry spokesman Li Roe spoke to the press.", "Li Roe", "foreign ministry spokesman", "CHN", "GOV", ""},
		{"member with party and state", "Jane Tarn (D-Ohio) spoke to the press.", "Jane Tarn", "", "USA", "LEG", ""},
		{"mayor of a town", "Ivo Penn, the mayor of Odessa, spoke to the press.", "Ivo Penn", "mayor", "UKR", "GOV", ""},
		{"professor", "Ida Moss, a professor at Harvard University, spoke to the press.", "Ida Moss", "professor", "", "EDU", "Harvard University"},
		{"head in a clause", "Nora Lind, who heads the Harbour Institute, spoke to the press.", "Nora Lind", "", "", "", "Harbour Institute"},
		{"chief of a company", "Apple chief executive Ann Moss spoke to the press.", "Ann Moss", "Apple chief executive", "", "BUS", "Apple"},
		{"campaign", "Penn campaign spokesman Jon Arda spoke to the press.", "Jon Arda", "campaign spokesman", "", "PTY", "Penn campaign"},
		{"said to be", "Nora Lind is a professor at Harvard University.", "Nora Lind", "professor", "", "EDU", "Harvard University"},
		{"board of a state of the Union", "The Ohio Department of Health closed the school.", "Ohio Department of Health", "", "USA", "GOV", ""},
		{"Westerner", "A Western official spoke to the press.", "A Western official", "Western official", "", "", ""},
		{"candidate on the day", "Hillary Clinton spoke to the press.", "Hillary Clinton", "presidential nominee", "USA", "PTY", "Democratic Party"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := doc.New(c.text)
			extract.Layout(d)
			d.Meta.Outlet, d.Meta.Published = "nyt", "2016-09-20"
			r.Annotate(d)
			for _, e := range d.Entities {
				if strings.TrimPrefix(e.Name, "The ") != c.of {
					continue
				}
				if e.Role != c.role || e.Country != c.country || e.Sector != c.sector || e.Body != c.body {
					t.Errorf("got role %q, country %q, sector %q, body %q; want %q, %q, %q, %q",
						e.Role, e.Country, e.Sector, e.Body, c.role, c.country, c.sector, c.body)
				}
				return
			}
			t.Errorf("no entity %q among %+v", c.of, d.Entities)
		})
	}
}
