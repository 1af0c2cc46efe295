package kb

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sourceTables reads the tables that the shipped file is built from.
func sourceTables(t testing.TB) []File {
	t.Helper()
	files, err := readFolder("data")
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i].Name = filepath.ToSlash(strings.TrimPrefix(files[i].Name, "data"+string(filepath.Separator)))
	}
	return files
}

// TestShipped holds the shipped file to the tables. What is compared is unpacked, since
// another version of the packer may pack better.
func TestShipped(t *testing.T) {
	files := sourceTables(t)
	want, err := layOut(files)
	if err != nil {
		t.Fatal(err)
	}
	got, err := unzip(shipped)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("kb.zst is not what the tables in data/ give: go generate ./lexicon/kb writes it anew")
	}
	if len(shipped) > 2<<20 {
		t.Errorf("kb.zst has %d bytes; more than 2 MB is too much", len(shipped))
	}
	slices.Reverse(files)
	again, err := layOut(files)
	if err != nil || !bytes.Equal(again, want) {
		t.Errorf("the order of files changes what is packed (%v)", err)
	}
}

// TestTables lints the shipped tables for what Check leaves to the user.
func TestTables(t *testing.T) {
	for _, f := range sourceTables(t) {
		if !bytes.HasPrefix(f.Data, []byte("# ")) {
			t.Errorf("%s begins with no comment on what it holds", f.Name)
		}
		if head, _, _ := bytes.Cut(f.Data, []byte("\n\n")); !bytes.Contains(bytes.ToLower(head), []byte("source")) || !bytes.Contains(bytes.ToLower(head), []byte("licence")) {
			t.Errorf("%s names no source or no licence", f.Name)
		}
		p, err := parse(f)
		if err != nil {
			t.Error(err)
			continue
		}
		for i := 1; i < len(p.rows); i++ {
			if a, b := p.rows[i-1].get("id"), p.rows[i].get("id"); a > b {
				t.Errorf("%s:%d: %s stands behind %s: sort the rows by id", f.Name, p.rows[i].line, b, a)
			}
		}
	}
}

// TestSize holds the tables to what the knowledge base is meant to cover.
func TestSize(t *testing.T) {
	count := map[string]int{}
	for _, l := range Shipped().layers {
		for i := range l.rows {
			r := l.row(i)
			count[r.table.String()]++
			if r.table == Bodies {
				count[r.get("type")]++
			}
		}
	}
	for what, least := range map[string]int{
		"states": 215, "bodies": 2000, "groups": 150, "people": 300, "titles": 500, "holders": 3000,
		"armed group": 120, "company": 100, "party": 200, "union": 30,
	} {
		if count[what] < least {
			t.Errorf("%d %s, want %d at least", count[what], what, least)
		}
	}
	if n := count["international"] + count["bloc"]; n < 120 {
		t.Errorf("%d international organizations and blocs, want 120 at least", n)
	}
}

func describe(refs []Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, fmt.Sprintf("%s %s", r.Entry.ID, r.As))
	}
	return strings.Join(out, ", ")
}

func TestLookup(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"name", "France", "FRA name"},
		{"abbreviation", "U.S.", "USA abbreviation"},
		{"abbreviation with dots that the table lacks", "U.N.H.C.R.", "org:unhcr abbreviation"},
		{"small letters are no abbreviation", "us", ""},
		{"nor a word that a body is called", "who", ""},
		{"two small words can be a name", "supreme leader", ""},
		{"adjective", "French", "FRA adjective"},
		{"demonym", "Frenchmen", "FRA demonym"},
		{"capital", "Beijing", "CHN capital"},
		{"a capital that means another body", "Brussels", "BEL capital, org:eu name"},
		{"seat", "Kremlin", "RUS seat, SUN seat"},
		{"the article", "the Kremlin", "RUS seat, SUN seat"},
		{"short form", "Amnesty", "org:amnesty short"},
		{"capital letters of a headline", "TURKEY", "TUR name"},
		{"accents", "Cote d’Ivoire", "CIV name"},
		{"hyphens", "Al Qaida", "org:alqaeda name"},
		{"without its article", "State Department", "org:state-department name"},
		{"person", "Hillary Clinton", "person:hillary-clinton name"},
		{"a surname alone is nobody", "Clinton", ""},
		{"group", "Sunni", "group:sunni name"},
		{"unknown", "Ruritania", ""},
		{"empty", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := describe(Shipped().Lookup(test.in)); got != test.want {
				t.Errorf("Lookup(%q) = %s, want %s", test.in, got, test.want)
			}
		})
	}
}

func TestHolder(t *testing.T) {
	for _, test := range []struct{ name, country, what, on, want string }{
		{"a president", "USA", "President", "2016-06-01", "Barack Obama high"},
		{"another day, another president", "USA", "President", "2022-06-01", "Joe Biden high"},
		{"on the day of the change it is the one who came", "USA", "President", "2017-01-20", "Donald Trump high"},
		{"by office", "USA", "head of state", "2012-01-01", "Barack Obama high"},
		{"a head of state that governs", "USA", "head of government", "2012-01-01", "Barack Obama high"},
		{"the title of another country", "USA", "foreign minister", "2014-01-01", "John Kerry high"},
		{"case does not matter", "USA", "secretary of state", "2014-01-01", "John Kerry high"},
		{"China", "CHN", "President", "2016-01-01", "Xi Jinping high"},
		{"Chancellor of Germany", "DEU", "Chancellor", "2015-01-01", "Angela Merkel high"},
		{"Chancellor of Britain", "GBR", "Chancellor", "2015-01-01", "George Osborne high"},
		{"a body", "org:un", "Secretary-General", "2015-01-01", "Ban Ki-moon high"},
		{"before all terms", "USA", "President", "1790-01-01", "unknown"},
		{"after the day of the file", "USA", "President", "2099-01-01", "unknown"},
		{"no day", "USA", "President", "", "unknown"},
		{"no such country", "XXX", "President", "2016-01-01", "unknown"},
		{"a title that many have", "USA", "Senator", "2016-01-01", "unknown"},
		{"two at once", "KOR", "President", "2025-01-10", "unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			day, err := ParseDay(test.on)
			if err != nil {
				t.Fatal(err)
			}
			got := "unknown"
			if h, c, known := Shipped().Holder(test.country, test.what, day); known {
				got = h.Name + " " + c.String()
			}
			if got != test.want {
				t.Errorf("Holder(%s, %s, %s) = %s, want %s", test.country, test.what, test.on, got, test.want)
			}
		})
	}
}

func TestWhoIs(t *testing.T) {
	for _, test := range []struct{ in, on, want string }{
		{"the Chinese President", "2016-06-01", "Xi Jinping"},
		{"Chinese President", "2011-06-01", "Hu Jintao"},
		{"U.S. Secretary of State", "2014-06-01", "John Kerry"},
		{"Germany's Chancellor", "2014-06-01", "Angela Merkel"},
		{"NATO Secretary General", "2016-06-01", "Jens Stoltenberg"},
		{"Ruritanian President", "2016-06-01", ""},
		{"President", "2016-06-01", ""},
		{"Congolese President", "2016-06-01", ""}, // of two states
		{"", "2016-06-01", ""},
	} {
		day, _ := ParseDay(test.on)
		if h, _, _ := Shipped().WhoIs(test.in, day); h.Name != test.want {
			t.Errorf("WhoIs(%s, %s) = %q, want %q", test.in, test.on, h.Name, test.want)
		}
	}
}

func TestOutlet(t *testing.T) {
	for _, test := range []struct{ name, in, on, want string }{
		{"owner then", "CNN", "2017-01-01", "outlet:cnn Time Warner"},
		{"and later", "CNN", "2020-01-01", "outlet:cnn AT&T"},
		{"by domain", "edition.cnn.com", "2023-01-01", "outlet:cnn Warner Bros. Discovery"},
		{"no day, several owners", "CNN", "", "outlet:cnn "},
		{"no day, one owner", "Reuters", "", "outlet:reuters Thomson Reuters"},
		{"the network, not its programmes", "abcnews.go.com", "2020-01-01", "outlet:abc-news Disney"},
		{"no outlet", "State Department", "2020-01-01", "none"},
		{"unknown domain", "nowhere.example", "2020-01-01", "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			day, _ := ParseDay(test.on)
			got := "none"
			if e, ok := Shipped().Outlet(test.in, day); ok {
				got = e.ID + " " + e.Outlet.Owner
			}
			if got != test.want {
				t.Errorf("Outlet(%s, %s) = %s, want %s", test.in, test.on, got, test.want)
			}
		})
	}
}

// TestAdd shows that what is wrong changes nothing, and what is right does.
func TestAdd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kb")
	guild := File{"/elsewhere/guild.csv", []byte(bodyHeader + "org:salt-guild,Salt Guild,,union,FRA,LAB,,,\n")}
	if _, err := Add(dir, guild, File{"wrong.csv", []byte(bodyHeader + "org:x,X,,union,FRX,LAB,,,\n")}); err == nil {
		t.Fatal("a wrong file is taken")
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a refused file has made a folder")
	}
	added, err := Add(dir, guild)
	if err != nil || len(added) != 1 || added[0].Table != Bodies || added[0].Entries != 1 {
		t.Fatalf("Add: %v, %v", added, err)
	}
	if _, err := Add(dir, File{"other.csv", guild.Data}); err == nil || !strings.Contains(err.Error(), "org:salt-guild stands already in line 2 of ") {
		t.Errorf("an id that lies there already: %v", err)
	}
	if _, err := Add(dir, File{"guild.csv", guild.Data}); err != nil {
		t.Errorf("the file anew: %v", err)
	}
	if _, err := Add(dir, File{"guild.txt", guild.Data}); err == nil {
		t.Error("a file that is no .csv is taken")
	}
	listed, err := List(dir)
	if err != nil || len(listed) != 1 || listed[0].File != filepath.Join(dir, "guild.csv") {
		t.Errorf("List: %v, %v", listed, err)
	}
	k, err := Open(dir)
	if err != nil || len(k.Lookup("Salt Guild")) != 1 {
		t.Errorf("Open: %v", err)
	}
}

// terms are invented, with ends known to the day, the month and the year.
const terms = `# as of 2020-06-30
country,office,title,name,names,from,to,confidence
org:efta,speaker,Speaker,Ada Marsh,,2001-03-05,2004,high
org:efta,speaker,Speaker,Ben Holt,,2006-02,2010-10-10,high
org:efta,speaker,Speaker,Cora Lind,Lind,2015-01-01,,medium
`

func TestChoose(t *testing.T) {
	files, err := check(Shipped(), []File{{"terms.csv", []byte(terms)}})
	if err != nil {
		t.Fatal(err)
	}
	k := &KB{append(slices.Clone(Shipped().layers), newLayer(files))}
	for _, test := range []struct{ name, on, want string }{
		{"the first day", "2001-03-05", "Ada Marsh high"},
		{"the day before", "2001-03-04", "unknown"},
		{"within the year in which a term ends", "2004-07-01", "Ada Marsh low"},
		{"behind that year", "2005-01-01", "unknown"},
		{"within the month in which a term begins", "2006-02-11", "Ben Holt low"},
		{"past it", "2006-03-01", "Ben Holt high"},
		{"between terms", "2012-01-01", "unknown"},
		{"in office up to the file's day", "2020-06-30", "Cora Lind medium"},
		{"and no longer", "2020-07-01", "unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			day, _ := ParseDay(test.on)
			got := "unknown"
			if h, c, known := k.Holder("org:efta", "Speaker", day); known {
				got = h.Name + " " + c.String()
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestOfficesOf(t *testing.T) {
	day, _ := ParseDay("2010-06-01")
	later, _ := ParseDay("2022-06-01")
	k := Shipped()
	if got := k.OfficesOf("Joe Biden", day); len(got) != 1 || got[0].Office != "vice president" {
		t.Errorf("offices of Joe Biden in 2010: %v", got)
	}
	if got := k.OfficesOf("person:joe-biden", later); len(got) == 0 || got[0].Titles[0] != "President" {
		t.Errorf("offices of Joe Biden in 2022: %v", got)
	}
	if got := k.OfficesOf("Joe Biden", 0); len(got) != 0 {
		t.Errorf("offices on no day: %v", got)
	}
}

func TestPersonByName(t *testing.T) {
	for _, test := range []struct{ name, in, on, want string }{
		{"surname", "Merkel", "2015-01-01", "Angela Merkel"},
		{"a name in front", "Xi", "2015-01-01", "Xi Jinping"},
		{"in office first", "Clinton", "2010-01-01", "Hillary Clinton"},
		{"full name", "Recep Tayyip Erdogan", "2015-01-01", "Recep Tayyip Erdogan"},
	} {
		t.Run(test.name, func(t *testing.T) {
			day, _ := ParseDay(test.on)
			people := Shipped().PersonByName(test.in, day)
			if len(people) == 0 || fold(people[0].Name) != fold(test.want) {
				var names []string
				for _, p := range people {
					names = append(names, p.Name)
				}
				t.Errorf("PersonByName(%s) = %s, want %s first", test.in, strings.Join(names, ", "), test.want)
			}
		})
	}
	if got := Shipped().PersonByName("Zzyzx", 20150101); got != nil {
		t.Errorf("nobody's name gives %v", got)
	}
}

func TestSurname(t *testing.T) {
	for _, test := range []struct{ name, country, want string }{
		{"Joe Biden", "USA", "Biden"},
		{"Donald Trump Jr.", "USA", "Trump"},
		{"Xi Jinping", "CHN", "Xi"},
		{"Moon Jae-in", "KOR", "Moon"},
		{"Tsai Ing-wen", "TWN", "Tsai"},
		{"Ban Ki-moon", "org:un", "Ban"},
		{"Jean-Claude Juncker", "LUX", "Juncker"},
		{"Daniel Cohn-Bendit", "FRA", "Cohn-Bendit"},
		{"Herman Van Rompuy", "BEL", "Van Rompuy"},
		{"Ursula von der Leyen", "DEU", "von der Leyen"},
		{"Mohammed bin Salman", "SAU", ""},
		{"Elizabeth II", "GBR", ""},
		{"Bashar al-Assad", "SYR", "al-Assad"},
		{"Lula", "BRA", ""},
	} {
		if got := surname(test.name, test.country); got != test.want {
			t.Errorf("surname(%s) = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, test := range []struct{ title, country, want string }{
		{"Secretary of State", "USA", "foreign minister GOV"},
		{"Foreign Secretary", "GBR", "foreign minister GOV"},
		{"Chancellor", "DEU", "head of government GOV"},
		{"Chancellor", "GBR", "finance minister GOV"},
		{"senator", "", " LEG"},
		{"Sen.", "USA", " LEG"},
		{"spokesman", "RUS", "spokesperson "},
		{"chief bottle washer", "", "none"},
	} {
		got := "none"
		if title, ok := Shipped().Title(test.title, test.country); ok {
			got = strings.Join(title.Offices, "|") + " " + title.Sector
		}
		if got != test.want {
			t.Errorf("Title(%s, %s) = %q, want %q", test.title, test.country, got, test.want)
		}
	}
}

// TestUser shows that the user's entries win, and that the shipped ones stay below.
func TestUser(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "states.csv", "id,iso2,name,names,adjectives,demonyms,capital,seats,capital_is_seat\n"+
		"FRA,FR,Gaul,,Gallic,Gauls|Gaul,Lutetia,,yes\n")
	write(t, dir, "terms/mine.csv", terms)
	write(t, dir, "bodies.csv", "id,name,names,type,country,sector,parent,from,to\n"+
		"org:salt-guild,Salt Guild,SG,union,FRA,LAB,,,\n")
	k, err := Open(filepath.Join(dir, "nowhere"), dir)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"Gaul": "FRA name", "France": "", "Paris": "", "SG": "org:salt-guild abbreviation", "Germany": "DEU name",
		"Cora Lind": "person:cora-lind name",
	} {
		if got := describe(k.Lookup(in)); got != want {
			t.Errorf("Lookup(%s) = %s, want %s", in, got, want)
		}
	}
	if h, _, ok := k.Holder("org:efta", "speaker", 20160101); !ok || h.Name != "Cora Lind" {
		t.Errorf("the user's term does not win: %v", h)
	}
	if e, ok := k.Entry("person:cora-lind"); !ok || e.Name != "Cora Lind" {
		t.Errorf("Entry of a person known by a term alone: %v", e)
	}
	names := 0
	for name, ref := range k.Names() {
		if name == "France" {
			t.Error("Names gives what the user has replaced")
		}
		if name == "SG" && ref().Entry.ID == "org:salt-guild" {
			names++
		}
	}
	if names != 1 {
		t.Errorf("Names gives the user's abbreviation %d times", names)
	}
	write(t, dir, "bad.csv", "id,name\nx,y\n")
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "bad.csv:1: header id,name is that of no table") {
		t.Errorf("a file of no table: %v", err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := unpack(shipped); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	k := Shipped()
	for b.Loop() {
		k.Lookup("State Department")
		k.Lookup("Nobody Of That Name")
	}
}

func BenchmarkHolder(b *testing.B) {
	k := Shipped()
	for b.Loop() {
		k.Holder("USA", "President", 20160601)
	}
}
