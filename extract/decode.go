package extract

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// What Decode refuses.
var (
	ErrEmpty  = errors.New("empty: no text in it")
	ErrBinary = errors.New("binary: not a text or a page")
)

// Decode returns the text of a file: UTF-8, with a byte order mark dropped; UTF-16
// with a mark, or without where every other byte of a sample is zero; else, where
// a file is no UTF-8 and looks like it, Windows-1252. Each byte that cannot be
// decoded is one U+FFFD. Nothing else is changed: line ends stay as they are. The
// errors are ErrEmpty and ErrBinary.
func Decode(raw []byte) (string, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return "", ErrEmpty
	}
	var text string
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		text = validUTF8(raw[3:])
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		text = decodeUTF16(raw[2:], false)
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		text = decodeUTF16(raw[2:], true)
	case isUTF16(raw, 1):
		text = decodeUTF16(raw, false)
	case isUTF16(raw, 0):
		text = decodeUTF16(raw, true)
	case isBinary(raw):
		return "", ErrBinary
	case isWindows1252(raw):
		b, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			return "", err
		}
		text = string(b)
	default:
		text = validUTF8(raw)
	}
	if strings.TrimSpace(text) == "" {
		return "", ErrEmpty
	}
	return text, nil
}

func validUTF8(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		b.WriteRune(r) // RuneError for a bad byte
		raw = raw[n:]
	}
	return b.String()
}

func decodeUTF16(raw []byte, big bool) string {
	units := make([]uint16, 0, len(raw)/2+1)
	for i := 0; i+1 < len(raw); i += 2 {
		u := uint16(raw[i]) | uint16(raw[i+1])<<8
		if big {
			u = uint16(raw[i])<<8 | uint16(raw[i+1])
		}
		units = append(units, u)
	}
	if len(raw)%2 == 1 {
		units = append(units, 0xFFFD)
	}
	return string(utf16.Decode(units))
}

// isUTF16 says whether the zero bytes of the first kilobyte stand where they stand
// in UTF-16 without a mark: nearly every byte at odd (1) or even (0) places.
func isUTF16(raw []byte, odd int) bool {
	sample := raw[:min(len(raw), 1024)]
	var zero, other [2]int
	for i, c := range sample {
		if c == 0 {
			zero[i%2]++
		} else {
			other[i%2]++
		}
	}
	return len(sample) >= 8 && zero[odd]*10 >= len(sample)/2*8 && zero[1-odd]*50 <= len(sample)
}

// isBinary says whether a file is one of the usual archives, pictures and
// documents, or full of control characters.
func isBinary(raw []byte) bool {
	for _, magic := range []string{"%PDF-", "PK\x03\x04", "\x1f\x8b", "\x89PNG", "\xff\xd8\xff", "GIF8", "\x7fELF", "BM\x00", "Rar!", "7z\xbc\xaf", "\x28\xb5\x2f\xfd", "SQLite format 3", "OggS", "ID3", "RIFF"} {
		if bytes.HasPrefix(raw, []byte(magic)) {
			return true
		}
	}
	sample := raw[:min(len(raw), 8192)]
	control := 0
	for _, c := range sample {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			control++
		}
	}
	return control*10 > len(sample)
}

// isWindows1252 says whether a file that is no UTF-8 reads well as Windows-1252:
// its high bytes are quotation marks, dashes or accented letters next to ASCII, and
// it has hardly a sequence that is UTF-8.
func isWindows1252(raw []byte) bool {
	if utf8.Valid(raw) {
		return false
	}
	good, bad, utf := 0, 0, 0
	for i := 0; i < len(raw); {
		c := raw[i]
		if c < 0x80 {
			i++
			continue
		}
		if r, n := utf8.DecodeRune(raw[i:]); r != utf8.RuneError {
			utf++
			i += n
			continue
		}
		switch {
		case c == 0x81, c == 0x8d, c == 0x8f, c == 0x90, c == 0x9d: // not assigned
			bad++
		case i+1 < len(raw) && raw[i+1] >= 0x80 && i > 0 && raw[i-1] >= 0x80:
			bad++ // in the midst of high bytes: no word of English
		default:
			good++
		}
		i++
	}
	return good > 0 && bad*4 <= good && utf*2 <= good
}
