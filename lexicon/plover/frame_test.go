package plover

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSorted holds the shipped lists to the order of their keys.
func TestSorted(t *testing.T) {
	names, err := filepath.Glob("*.txt")
	if err != nil || len(names) != 7 {
		t.Fatalf("%d lists, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			key, _, _ := strings.Cut(line, " = ")
			key, _, _ = strings.Cut(key, " : ")
			if key < last {
				t.Errorf("%s:%d: %q stands after %q", name, i+1, key, last)
			}
			last = key
		}
	}
}

func TestShipped(t *testing.T) {
	f := Shipped()
	if len(f.All()) < 70 {
		t.Errorf("%d frames", len(f.All()))
	}
	on := f.On("attack")
	if len(on) < 3 || !slices.ContainsFunc(on, func(f *Frame) bool { return f.Noun }) {
		t.Errorf("%d frames on attack", len(on))
	}
	if f.Context("air force") != "military" || f.Agent("protester") != "CVL" || f.Agent("table") != "" {
		t.Error("contexts or agents are not found")
	}
	examples := map[string]string{}
	for _, x := range f.All() {
		if before, twice := examples[x.Example]; twice {
			t.Errorf("%s:%d: the example of %q is that of %q", x.File, x.Line, x.Text, before)
		}
		examples[x.Example] = x.Text
	}
}

func TestPattern(t *testing.T) {
	classes := map[string][]string{"weapon": {"missile", "rocket"}}
	for _, c := range []struct {
		text string
		noun bool
		want string // head, then a letter for each piece
	}{
		{"A attack T", false, "attack S O"},
		{"A pull troops|forces out of T", false, "pull S O(troops|forces) P"},
		{"A carry out N", false, "carry S P"},
		{"A step down", false, "step S X"},
		{"A urge T to resign", false, "urge S O I(resign)"},
		{"A demand that resign", false, "demand S C(resign)"},
		{"A fire @weapon at T", false, "fire S O(missile|rocket) P"},
		{"A be ready to talk (with T)", false, "be ready S I(talk) P?"},
		{"A+T meet", false, "meet S"},
		{"A's strike (on|against T)", true, "strike W P?"},
		{"A's peace talk with T", true, "talk W M(peace) P"},
		{"talk between A+T", true, "talk P"},
		{"(A's) arrest of T", true, "arrest W? P"},
	} {
		p, err := parsePattern(c.text, c.noun, classes)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := show(p); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

func show(p Pattern) string {
	var b strings.Builder
	if p.Copula {
		b.WriteString("be ")
	}
	b.WriteString(strings.Join(p.Heads, "|"))
	for _, x := range p.Pieces {
		b.WriteString(" " + string("SOPXICWM"[x.Place]))
		if x.Words != nil {
			b.WriteString("(" + strings.Join(x.Words, "|") + ")")
		}
		if x.Optional {
			b.WriteByte('?')
		}
	}
	return b.String()
}

// TestMistakes shows that what is wrong is told with its file and line.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"no type", "verbs.txt", "A go\n", `x/verbs.txt:1: no " = "`},
		{"unknown type", "verbs.txt", "# mine\nA go = GO : He went.", "x/verbs.txt:2: GO is no type of PLOVER's"},
		{"unknown mode", "verbs.txt", "A go = AID fast : He went.", "fast is no mode of AID"},
		{"unknown context", "verbs.txt", "A go = AID +fast : He went.", "fast is no context"},
		{"no example", "verbs.txt", "A go = AID", "no \" : \""},
		{"no sentence", "verbs.txt", "A go = AID : He went", "no sentence"},
		{"unknown class", "verbs.txt", "A go to T:@moon = AID : He went.", "@moon: no such class"},
		{"unknown restriction", "verbs.txt", "A go to T:odd = AID : He went.", "odd: no such restriction"},
		{"no head", "verbs.txt", "A T = AID : He went.", "hangs on"},
		{"slot before a noun", "nouns.txt", "A trip = AID : He went.", "A before a noun is written A's"},
		{"twice", "verbs.txt", "A go = AID : He went.\nA go = AID : She went.", "x/verbs.txt:2: A go stands in line 1 already"},
		{"open parenthesis", "verbs.txt", "A go (to T = AID : He went.", "without its )"},
		{"unknown sector", "agents.txt", "elf = ELF", "ELF is no agent code"},
		{"unknown context word", "contexts.txt", "elf = magic", "magic is no context"},
		{"unknown file", "elves.txt", "elf = magic", "told by its name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Check(File{"x/" + c.file, []byte(c.text)})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestOpen shows that the user's entries win.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	own := "A arrest T = none : Police arrested nobody.\n"
	if err := os.WriteFile(filepath.Join(dir, "verbs.txt"), []byte(own), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := Open(filepath.Join(dir, "none"), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.On("arrest") {
		if x.Text == "A arrest T" && x.Type != "none" {
			t.Errorf("%s is %s", x.Text, x.Type)
		}
	}
	if len(f.All()) != len(Shipped().All()) {
		t.Error("the entry was added and took no place")
	}
	if f, err := Open(); err != nil || f != Shipped() {
		t.Error("without folders the shipped frames are not those that return")
	}
}

func FuzzPattern(f *testing.F) {
	for _, x := range Shipped().All() {
		f.Add(x.Text, x.Noun)
	}
	f.Fuzz(func(t *testing.T, text string, noun bool) {
		p, err := parsePattern(text, noun, nil)
		if err == nil && len(p.Heads) == 0 {
			t.Errorf("%q hangs on nothing", text)
		}
	})
}
