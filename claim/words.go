package claim

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word of a statement as the linker compares it: the stem, so that "stole" is "stealing",
// and numbers by their value, so that "80 percent" is "80%".
type word struct {
	text   string // as it stands
	stem   string
	hash   uint32  // of what it means: see meaning
	weight uint16  // how much it tells, in 1/256 bit; 0 of a word that is in every text
	number float64 // its value, where it is one
	isNum  bool
}

// wordsOf returns the words of a text in order. Marks stand for nothing, but for "%",
// which is "percent".
func wordsOf(text string) []word {
	var out []word
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		raw := text[start:end]
		start = -1
		w := word{text: raw, stem: plain(raw)}
		if w.stem == "" {
			return
		}
		if v, ok := value(w.stem); ok {
			w.number, w.isNum = v, true
		}
		out = append(out, w)
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
		case (r == '\'' || r == '’') && start >= 0 && letterAt(text, i+utf8.RuneLen(r)):
			// "don't", "Smith's": the stem takes it off.
		case (r == ',' || r == '.') && start >= 0 && digitBefore(text, i) && digitAt(text, i+1):
			// "35,000", "0.41"
		case r == '.' && start >= 0 && i-start == 1 && letterAt(text, i+1):
			// "U.S.", "p.m."
		case r == '.' && start >= 0 && strings.IndexByte(text[start:i], '.') > 0 && letterAt(text, i+1):
		default:
			flush(i)
			if r == '%' {
				out = append(out, word{text: "%", stem: "percent"})
			}
		}
	}
	flush(len(text))
	out = amounts(out)
	for i := range out {
		w := &out[i]
		if w.isNum {
			w.stem = strconv.FormatFloat(w.number, 'g', 6, 64)
			w.hash, w.weight = hash(w.stem), uint16(bit*numberRarity(w.number))
			continue
		}
		if common[w.stem] {
			w.hash = hash(w.stem)
			continue
		}
		w.stem = stem(w.stem)
		means, bits := meaning(w.stem)
		w.hash, w.weight = hash(means), uint16(math.Round(bit*bits))
	}
	return out
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func digitAt(s string, i int) bool     { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
func digitBefore(s string, i int) bool { return i > 0 && s[i-1] >= '0' && s[i-1] <= '9' }

// plain returns a word in small letters without possessive and points.
func plain(raw string) string {
	s := strings.ToLower(strings.ReplaceAll(raw, "’", "'"))
	s = strings.TrimSuffix(s, "'s")
	if strings.HasSuffix(s, "n't") {
		return "not"
	}
	if i := strings.IndexByte(s, '\''); i > 1 { // "they've"; but "o'brien"
		s = s[:i]
	}
	s = strings.ReplaceAll(s, "'", "")
	if !digitAt(s, 0) {
		s = strings.ReplaceAll(s, ".", "")
	}
	return s
}

// numerals are the words for numbers. "One" is left out: mostly it is none.
var numerals = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "both": 2,
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "1st": 1, "2nd": 2, "3rd": 3,
}

// value returns the number that a word is: "35,000", "12th", "euro30" no, "30m" yes.
func value(s string) (float64, bool) {
	if v, ok := numerals[s]; ok {
		return v, true
	}
	if !digitAt(s, 0) {
		return 0, false
	}
	s = strings.ReplaceAll(s, ",", "")
	for _, end := range []struct {
		letters string
		times   float64
	}{{"bn", 1e9}, {"m", 1e6}, {"k", 1e3}, {"th", 1}, {"s", 1}} {
		if t, ok := strings.CutSuffix(s, end.letters); ok {
			if v, err := strconv.ParseFloat(t, 64); err == nil {
				return v * end.times, true
			}
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// amounts makes one number of those that stand together: "forty two", "2 million",
// "two hundred thousand".
func amounts(in []word) []word {
	out := in[:0]
	for _, w := range in {
		if n := len(out); n > 0 && w.isNum && out[n-1].isNum {
			last := &out[n-1]
			switch {
			case w.number >= 100 && numerals[w.stem] > 0 && last.number < 1000*w.number:
				last.number *= w.number
				continue
			case last.number >= 20 && last.number < 100 && w.number < 10 && numerals[last.stem] > 0 && numerals[w.stem] > 0:
				last.number += w.number
				continue
			}
		}
		if w.stem == "hundreds" || w.stem == "thousands" || w.stem == "millions" || w.stem == "billions" {
			w.isNum = false
		}
		out = append(out, w)
	}
	return out
}

// irregular are forms that no ending tells, by their plain form.
var irregular = map[string]string{}

func init() {
	for line := range strings.Lines(irregularForms) {
		f := strings.Fields(line)
		for _, form := range f[1:] {
			irregular[form] = f[0]
		}
	}
}

const irregularForms = `arise arose arisen
begin began begun
bear bore borne
beat beaten
bind bound
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
child children
choose chose chosen
come came
deal dealt
death dead die died dies dying
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown
forbid forbade forbidden
forget forgot forgotten
freeze froze frozen
give gave given
go went gone goes
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
leave left
lend lent
lose lost loss
make made
man men
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shoot shot
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
strike struck
swear swore sworn
swim swam swum
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
understand understood
wear wore worn
win won
withdraw withdrew withdrawn
woman women
write wrote written
`

// stem takes the endings off: "charges", "charged" and "charging" are "charg". It knows no
// words, so that "news" is "new"; two words of one stem are no harm where many are compared.
func stem(s string) string {
	if plain, ok := irregular[s]; ok {
		s = plain
	}
	if len(s) < 4 || s[0] >= utf8.RuneSelf {
		return s
	}
	switch {
	case strings.HasSuffix(s, "ies"):
		s = s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "shes"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "xes"):
		s = s[:len(s)-2]
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") && !strings.HasSuffix(s, "is"):
		s = s[:len(s)-1]
	}
	for _, end := range [...]string{"ation", "ment", "ing", "ion", "ied", "ed", "ly"} {
		root, ok := strings.CutSuffix(s, end)
		if !ok || len(root) < 3 || len(root) < 4 && len(end) > 3 || !strings.ContainsAny(root, "aeiouy") {
			continue
		}
		switch {
		case end == "ied":
			s = root + "y"
		case end == "ed" || end == "ing":
			s = undouble(root)
		case end == "ation" && len(root) < 5: // "nation", "relation"
			s = root + "at"
		default:
			s = root
		}
		break
	}
	if len(s) > 3 && strings.HasSuffix(s, "e") {
		s = s[:len(s)-1]
	}
	if len(s) > 5 && strings.HasSuffix(s, "at") { // "violate" is "violation", "resignation" "resign"
		s = s[:len(s)-2]
	}
	if len(s) > 3 && strings.HasSuffix(s, "y") {
		s = s[:len(s)-1] + "i"
	}
	return s
}

// undouble makes "stopp" "stop"; "kill" and "pass" stay.
func undouble(s string) string {
	n := len(s)
	if n > 3 && s[n-1] == s[n-2] && !strings.ContainsRune("lsz", rune(s[n-1])) {
		return s[:n-1]
	}
	return s
}

// common are the words that tell nothing of what a statement says. Those of denial are
// among them: they are counted apart.
var common = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`a an the and or but nor so if as than that this these those there here of in on at by to for
		from with into onto upon over under about against between among through during before after since until while when where
		why how who whom whose which what i me my mine we us our ours you your yours he him his she her hers it its they them
		their theirs himself herself itself themselves myself yourself ourselves one ones be is am are was were been being do does
		did doing done have has had having will would shall should can could may might must not no never none nothing nobody
		neither without also too very just only even still yet already more most much many such some any all each every both
		either other another same own out up down off away back again then now said say says saying told tell according
		per via because though although however whether mr mrs ms dr s t re ve ll d m`) {
		common[w] = true
	}
}

//go:embed rarity.txt
var rarityFile string

// rarities are the weights of the common stems; see [rarity].
var rarities = map[string]float64{}

// rarest is the weight of every stem that is not in the list.
const rarest = 14

func init() {
	for line := range strings.Lines(rarityFile) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			rarities[f[0]], _ = strconv.ParseFloat(f[1], 64) // a test reads the file
		}
	}
}

// rarity returns how much a stem tells, in bits: minus the binary logarithm of the share of
// news sentences that have it.
func rarity(stem string) float64 {
	if v, ok := rarities[stem]; ok {
		return v
	}
	return rarest
}

// numberRarity is the same of a number: small ones are everywhere.
func numberRarity(v float64) float64 {
	switch {
	case v <= 10:
		return 7
	case v < 100 || v == 100 || v == 1000:
		return 9
	}
	return 11
}
