package extract

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, raw, want string
		err             error
	}{
		{"UTF-8", "Çelik said “no”.\r\n", "Çelik said “no”.\r\n", nil},
		{"byte order mark dropped", "\xef\xbb\xbfHe left.", "He left.", nil},
		{"UTF-16 little-endian with mark", "\xff\xfeH\x00i\x00.\x00", "Hi.", nil},
		{"UTF-16 big-endian with mark", "\xfe\xff\x00H\x00i\x00.", "Hi.", nil},
		{"UTF-16 without mark", "H\x00e\x00 \x00s\x00a\x00i\x00d\x00.\x00", "He said.", nil},
		{"Windows-1252", "She said \x93no\x94 \x96 and left Montr\xe9al.", "She said “no” – and left Montréal.", nil},
		{"one bad byte in UTF-8", "“Yes” \xff he said, “é”.", "“Yes” \uFFFD he said, “é”.", nil},
		{"each bad byte is one", "“a” “b” é \xe2\x82\xe2\x82 x", "“a” “b” é \uFFFD\uFFFD\uFFFD\uFFFD x", nil},
		{"NUL bytes in a text stay", "He said no\x00 and left the hall.", "He said no\x00 and left the hall.", nil},
		{"empty", "", "", ErrEmpty},
		{"blank", " \r\n\t ", "", ErrEmpty},
		{"PDF", "%PDF-1.7 and so on", "", ErrBinary},
		{"zip", "PK\x03\x04 and so on", "", ErrBinary},
		{"control characters", strings.Repeat("\x01\x02ab\x03", 50), "", ErrBinary},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode([]byte(c.raw))
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "He said no.", "\xff\xfeH\x00", "\x93x\x94", "a\x00b", "\xef\xbb\xbf", "\xf0\x9f"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := Decode(raw)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) {
			t.Fatalf("not UTF-8: %q", text)
		}
		if utf8.Valid(raw) && !strings.Contains(string(raw), "\x00") && text != strings.TrimPrefix(string(raw), "\ufeff") && !strings.HasPrefix(string(raw), "\ufeff") {
			t.Fatalf("valid UTF-8 was changed: %q to %q", raw, text)
		}
	})
}
