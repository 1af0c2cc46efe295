package kb

import (
	"strings"
	"testing"
)

// The headers of tables, for the tests below.
const (
	bodyHeader   = "id,name,names,type,country,sector,parent,from,to\n"
	stateHeader  = "id,iso2,name,names,adjectives,demonyms,capital,seats,capital_is_seat\n"
	holderHeader = "# as of 2020-01-31\ncountry,office,title,name,names,from,to,confidence\n"
	personHeader = "id,name,names,country,role,affiliation,from,to\n"
)

// TestCheck shows what is said of each mistake, with its line.
func TestCheck(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"right", bodyHeader + "org:salt-guild,Salt Guild,SG,union,FRA,LAB,,1990,2001-05\n", ""},
		{"a comment is no row", bodyHeader + "# the only guild\norg:salt-guild,Salt Guild,SG,union,FRA,LAB,,,\n", ""},
		{"a shipped entry may be replaced", bodyHeader + "org:nato,NATO,,bloc,,IGO,,,\n", ""},
		{"empty", "", "mine.csv: empty"},
		{"only comments", "# nothing\n", "mine.csv: empty"},
		{"unknown header", "id,title\n", "mine.csv:1: header id,title is that of no table; the nearest, "},
		{"header behind a comment", "# guilds\nid,names,name,type,country,sector,parent,from,to\n", "mine.csv:2: header id,names,name,type,country,sector,parent,from,to is that of no table; the nearest, bodies, has id,name,"},
		{"byte order mark", "\ufeff" + bodyHeader, "mine.csv:1: begins with a byte order mark"},
		{"too few fields", bodyHeader + "org:salt-guild,Salt Guild\n", "mine.csv:2: 2 fields where bodies have 9"},
		{"broken quotes", bodyHeader + "org:salt-guild,\"Salt\" Guild,,union,FRA,LAB,,,\n", "mine.csv:2: "},
		{"not UTF-8", bodyHeader + "org:salt-guild,Salt \xff,,union,FRA,LAB,,,\n", "mine.csv:2: name is not UTF-8"},
		{"space around a field", bodyHeader + "org:salt-guild, Salt Guild,,union,FRA,LAB,,,\n", `mine.csv:2: name " Salt Guild" has space around it`},
		{"a control character", bodyHeader + "org:salt-guild,Salt\x07Guild,,union,FRA,LAB,,,\n", "has a control character"},
		{"an empty item", bodyHeader + "org:salt-guild,Salt Guild,A||B,union,FRA,LAB,,,\n", `names "A||B" has an empty item`},
		{"no name", bodyHeader + "org:salt-guild,,,union,FRA,LAB,,,\n", "mine.csv:2: name is empty"},
		{"no such type", bodyHeader + "org:salt-guild,Salt Guild,,guild,FRA,LAB,,,\n", `mine.csv:2: type "guild" is none of: bloc,`},
		{"no such sector", bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,XYZ,,,\n", `mine.csv:2: sector "XYZ" is none of: COP`},
		{"no such country", bodyHeader + "org:salt-guild,Salt Guild,,union,FRX,LAB,,,\n", "mine.csv:2: country FRX is not known"},
		{"no such parent", bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,LAB,org:salt,,\n", "mine.csv:2: parent org:salt is no body that is known"},
		{"id of another form", bodyHeader + "org:Salt Guild,Salt Guild,,union,FRA,LAB,,,\n", "mine.csv:2: id org:Salt Guild is not of the form org:name-of-it"},
		{"duplicate id", bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,LAB,,,\n\norg:salt-guild,Guild,,union,FRA,LAB,,,\n", "mine.csv:4: org:salt-guild stands already in line 2 of mine.csv"},
		{"part of itself", bodyHeader + "org:a,A,,union,FRA,LAB,org:a,,\n", "mine.csv:2: org:a is part of itself: org:a in org:a"},
		{"a cycle of two", bodyHeader + "org:a,A,,union,FRA,LAB,org:b,,\norg:b,B,,union,FRA,LAB,org:a,,\n", "mine.csv:3: org:b is part of itself: org:b in org:a in org:b"},
		{"a cycle by way of a shipped body", bodyHeader + "org:white-house,White House,,agency,USA,GOV,org:national-security-council,,\n", "mine.csv:2: org:white-house is part of itself"},
		{"no date", bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,LAB,,2001-13,\n", `mine.csv:2: from: "2001-13" is no date`},
		{"ends before it begins", bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,LAB,,2001-05,2001-04\n", "mine.csv:2: from 2001-05 is after to 2001-04"},
		{"code of a state", stateHeader + "fra,FR,France,,,,Paris,,yes\n", `mine.csv:2: id "fra" is no code of three capitals`},
		{"neither yes nor no", stateHeader + "FRA,FR,France,,,,Paris,,true\n", `mine.csv:2: capital_is_seat "true" is none of: yes, no`},
		{"a seat without a capital", stateHeader + "FRA,FR,France,,,,,,yes\n", "mine.csv:2: capital_is_seat is yes, and there is no capital"},
		{"id of a person", personHeader + "person:ada,Ada Marsh,,FRA,,,,\n", "mine.csv:2: id person:ada of Ada Marsh: a person's id is made of the name, person:ada-marsh"},
		{"no such office", holderHeader + "FRA,king,King,Ada Marsh,,2001,2002,high\n", `mine.csv:3: office "king" is none of: head of state,`},
		{"no such confidence", holderHeader + "FRA,other,Registrar,Ada Marsh,,2001,2002,sure\n", `mine.csv:3: confidence "sure" is none of: high, medium, low`},
		{"no first day", holderHeader + "FRA,other,Registrar,Ada Marsh,,,2002,high\n", "mine.csv:3: from is empty"},
		{"an open term of a file without a day", strings.TrimPrefix(holderHeader, "# as of 2020-01-31\n") + "FRA,other,Registrar,Ada Marsh,,2001,,high\n", "mine.csv:2: to is empty, and no comment says up to when"},
		{"no day of a file", strings.Replace(holderHeader, "01-31", "02-31", 1), `mine.csv:1: "2020-02-31" is no day`},
		{"two in one office", holderHeader + "FRA,speaker,Speaker,Ada Marsh,,2001-01-01,2003-01-01,high\nFRA,speaker,Speaker,Ben Holt,,2002-01-01,,high\n", "mine.csv:4: Ben Holt overlaps the term of Ada Marsh in line 3 of mine.csv"},
		{"the day of a change is no overlap", holderHeader + "FRA,speaker,Speaker,Ada Marsh,,2001-01-01,2003-01-01,high\nFRA,speaker,Speaker,Ben Holt,,2003-01-01,,high\n", ""},
		{"nor is another title", holderHeader + "FRA,speaker,Speaker,Ada Marsh,,2001-01-01,2003-01-01,high\nFRA,speaker,President of the Senate,Ben Holt,,2002-01-01,,high\n", ""},
		{"two titles of one spelling", "title,office,sector,country\nChief-Clerk,,GOV,\nchief clerk,,GOV,\n", "mine.csv:3: title chief clerk of country any stands already in line 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Check(Shipped(), File{"mine.csv", []byte(test.file)})
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// TestRivals shows that terms may overlap where a table says so.
func TestRivals(t *testing.T) {
	terms := File{"terms.csv", []byte(holderHeader + "FRA,speaker,Speaker,Ada Marsh,,2001-01-01,2003-01-01,high\nFRA,speaker,Speaker,Ben Holt,,2002-01-01,,high\n")}
	for _, test := range []struct {
		period string
		fine   bool
	}{{"2002-01-01,2003-01-01", true}, {"2001,2003", true}, {"2002-02-01,2003-01-01", false}} {
		rivals := File{"rivals.csv", []byte("country,office,from,to,reason\nFRA,speaker," + test.period + ",both claimed the chair\n")}
		if err := Check(Shipped(), terms, rivals); (err == nil) != test.fine {
			t.Errorf("rivals %s: %v", test.period, err)
		}
	}
}

// FuzzCheck gives Check any file: it never panics, and what it passes can be packed,
// opened again and searched, row for row.
func FuzzCheck(f *testing.F) {
	f.Add(bodyHeader + "org:a,A,B|C,union,FRA,LAB,,,\n# x\norg:b,\"A, B\",,union,FRA,LAB,org:a,2001,\n")
	f.Add(holderHeader + "FRA,speaker,Speaker,Ada Marsh,,2001-01-01,,high\n")
	f.Add(stateHeader + "FRA,FR,France,,,,Paris,,yes\r\n\r\n")
	f.Add(personHeader + "person:ada-marsh,Ada Marsh,,FRA,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		files, err := check(Shipped(), []File{{"mine.csv", []byte(text)}})
		if err != nil {
			return
		}
		l, err := readLayer(newLayer(files).bytes())
		if err != nil {
			t.Fatal(err)
		}
		k := &KB{append(Shipped().layers[:1:1], l)}
		for i, want := range files[0].rows {
			got := l.row(i)
			if strings.Join(got.fields, "\x00") != strings.Join(want.fields, "\x00") || got.asOf != want.asOf {
				t.Fatalf("row %d is read again as %q, not %q", i, got.fields, want.fields)
			}
			if n := want.get("name"); n != "" {
				k.Lookup(n)
				k.PersonByName(n, 20200101)
				k.Outlet(n, 20200101)
			}
			k.Holder(want.get("country"), want.get("title"), 20200101)
		}
	})
}

// FuzzReadLayer gives readLayer any bytes.
func FuzzReadLayer(f *testing.F) {
	files, err := check(Shipped(), []File{{"mine.csv", []byte(bodyHeader + "org:a,A,B|C,union,FRA,LAB,,,\n")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(newLayer(files).bytes()))
	f.Add(packMagic)
	f.Fuzz(func(t *testing.T, b string) { readLayer([]byte(b)) })
}
