package encode

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestRows(t *testing.T) {
	v := newVocab([]string{"the", "said", "a", "2000", "it's", "müller"})
	affixes := uint32(firstWord + len(v.words) + shapeRows)
	for _, c := range []struct {
		form    string
		word    string // whose row comes first; "" for the unknown one
		affixes int
	}{
		{"said", "said", 6},
		{"SAID", "said", 6},
		{"The", "the", 4},
		{"a", "a", 0},
		{"x", "", 0},
		{"", "", 0},
		{"1984", "0000", 6}, // digits count as 0, which is not the word 2000
		{"it’s", "it's", 6},
		{"Müller", "müller", 8},
		{"Russians", "", 8},
		{"日本語", "", 8},
		{"\xff\xfe", "", 8},
		{"a\x00b", "", 4},
		{strings.Repeat("x", 1000), "", 8},
		{strings.Repeat("é", 1000), "", 8},
		{"x" + strings.Repeat("é", 1000), "", 8}, // cut inside a letter
	} {
		name := c.form[:min(len(c.form), 12)]
		prefix := []uint32{77}
		rows := v.rows(c.form, prefix)
		if rows[0] != 77 {
			t.Errorf("%q: what stood in the slice is gone", name)
		}
		rows = rows[1:]
		want := uint32(rowUnknown)
		if k := slices.Index(v.words, c.word); k >= 0 {
			want = uint32(firstWord + k)
		}
		if rows[0] != want {
			t.Errorf("%q: row %d, want %d", name, rows[0], want)
		}
		if s := rows[1]; s < affixes-shapeRows || s >= affixes {
			t.Errorf("%q: shape in row %d", name, s)
		}
		if n := len(rows) - 2; n != c.affixes || n > 2*longestAffix {
			t.Errorf("%q: %d affixes, want %d", name, n, c.affixes)
		}
		for _, r := range rows[2:] {
			if r < affixes || int(r) >= v.size() {
				t.Errorf("%q: affix in row %d of %d", name, r, v.size())
			}
		}
	}
}

// TestRowsTell: words that share something share a row, and others do not.
func TestRowsTell(t *testing.T) {
	v := newVocab([]string{"the"})
	shared := func(a, b string) (n int) {
		x := v.rows(a, nil)
		for _, r := range v.rows(b, nil) {
			if slices.Contains(x, r) {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		a, b string
		want int
		why  string
	}{
		{"Zelenskyy", "Zelensky", 1 + 1 + 4 + 1, "unknown, shape, four beginnings, and the end y"},
		{"Blorping", "xorking", 1 + 3, "unknown, and the ends g, ng, ing"},
		{"zzzz", "qqqq", 1 + 1, "unknown and the shape"},
		{"ab", "ba", 1 + 1, "a beginning is not an end"},
		{"“", "”", 1, "unknown; the shape tells them apart"},
		{strings.Repeat("x", 64) + "abcd", strings.Repeat("x", 64) + "1234", 1 + 1 + 4 + 4, "all, as both are cut after 64 bytes"},
	} {
		if got := shared(c.a, c.b); got != c.want {
			t.Errorf("%q and %q share %d rows, want %d: %s", c.a, c.b, got, c.want, c.why)
		}
	}
}

// TestRowsFill: over many words the rows of affixes go from the first to the last of the table.
func TestRowsFill(t *testing.T) {
	v := newVocab([]string{"the"})
	low, high := uint32(v.size()), uint32(0)
	var rows []uint32
	for k := range 80000 {
		rows = v.rows(strconv.Itoa(k)+"x"+strconv.FormatInt(int64(k)*7919, 36), rows[:0])
		for _, r := range rows[2:] {
			low, high = min(low, r), max(high, r)
		}
	}
	if want := uint32(firstWord + 1 + shapeRows); low != want || int(high) != v.size()-1 {
		t.Errorf("affixes in rows %d to %d, want %d to %d", low, high, want, v.size()-1)
	}
}

func TestVocabBytes(t *testing.T) {
	for _, words := range [][]string{
		{"the"},
		{"the", "said", "müller", "", "--", "日本"},
		nil, // as from a text in which no word is frequent
	} {
		v := newVocab(words)
		got, err := readVocab(v.bytes())
		if err != nil {
			t.Errorf("%q: %v", words, err)
			continue
		}
		if !slices.Equal(got.words, words) || len(got.index) != len(words) || got.size() != v.size() {
			t.Errorf("%q came back as %q", words, got.words)
		}
		for _, w := range append(words, "The", "other") {
			if !slices.Equal(got.rows(w, nil), v.rows(w, nil)) {
				t.Errorf("%q has other rows", w)
			}
		}
	}
	good := newVocab([]string{"the", "said", "a"}).bytes()
	number := func(n uint32) []byte { return append(binary.LittleEndian.AppendUint32(nil, n), good[4:]...) }
	for name, b := range map[string][]byte{
		"nothing":                 nil,
		"half a number":           good[:3],
		"a number and no words":   good[:4],
		"a word is missing":       good[:8],
		"one word more than said": number(2),
		"one less":                number(4),
		"far more":                number(1 << 31),
		"words and none said":     number(0),
	} {
		if v, err := readVocab(b); err == nil {
			t.Errorf("%s: read as %q", name, v.words)
		} else if !strings.Contains(err.Error(), "words") {
			t.Errorf("%s: the error does not say what is damaged: %v", name, err)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range [][3]string{ // form, folded, shape
		{"", "", ""},
		{"U.S.", "u.s.", "X.X."},
		{"McDonald’s", "mcdonald's", "XxXxxx’x"},
		{"3.14159", "0.00000", "0.000"},
		{"“", `"`, "“"},
		{"—", "--", "—"},
		{"ÉTÉ", "été", "XXX"},
		{"Хлеб", "хлеб", "Xxxx"},
		{"aaaaaaXXXX", "aaaaaaxxxx", "xxxXXX"},
		{"٣٤", "٣٤", "00"},
	} {
		if got := string(fold(nil, c[0])); got != c[1] {
			t.Errorf("fold(%q) = %q, want %q", c[0], got, c[1])
		}
		if got := string(shape(nil, c[0])); got != c[2] {
			t.Errorf("shape(%q) = %q, want %q", c[0], got, c[2])
		}
	}
}
