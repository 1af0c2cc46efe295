package plover

import (
	"fmt"
	"slices"
	"strings"
)

// Slot says who may stand at a place of a pattern.
type Slot struct {
	// Role is 'A' (actor), 'T' (target), '+' (both sides together), 'N' (the noun of a
	// support verb) or 0: no party.
	Role byte
	// Only are the restrictions ("state", "armed"); none: any political actor.
	Only []string
	// Class are the words one of which must be the noun; none: any.
	Class []string
	// Of says that the words may also only belong to the party: T*.
	Of bool
}

// Piece is one place of a pattern beside its head.
type Piece struct {
	Place Place
	// Preps are the prepositions or particles before it, one of the inner list each, in
	// order: "out of", "on|against".
	Preps [][]string
	// Words are the words one of which must stand there; none where Slot or Any says it.
	Words []string
	// Class says that Words are those of a class: a pattern that names its words goes
	// before one that does not.
	Class bool
	Slot  Slot
	// Any says that anything may stand there.
	Any bool
	// Optional says that it may be missing.
	Optional bool
}

// Place is how a piece hangs on what stands before it in the pattern.
type Place uint8

// The places.
const (
	Subject    Place = iota // of the verb
	Object                  // of the verb, or of the last infinitive
	Oblique                 // with Preps
	Particle                // Preps alone: "carry out"
	Infinitive              // "to resign"
	Clause                  // "that he resign"
	Owner                   // before a noun, or after it with "by"
	Modifier                // a word before a noun: "peace talks"
)

// Pattern is the parsed form of a frame's pattern.
type Pattern struct {
	// Heads are the words one of which the frame hangs on, as lemmas or forms.
	Heads []string
	// Copula says that the head is an adjective or a participle after "be".
	Copula bool
	Pieces []Piece
	// Weight orders frames that hang on the same word: the heavier one wins.
	Weight int
}

// prepositions may stand before a slot or a word, alone or in a row.
var prepositions = words(`about above across after against along alongside among around as at away back before behind
	between by down during for forward from in inside into near of off on onto out outside over over round through
	throughout to toward towards under until up upon via with within without`)

var restrictions = words("state body person official politician armed force people migrant court")

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// parser reads one pattern.
type parser struct {
	tokens  []string
	at      int
	noun    bool // of nouns.txt
	classes map[string][]string
	out     Pattern
	depth   bool // inside parentheses
	last    Place
}

// parsePattern reads a pattern. noun says that it hangs on a noun.
func parsePattern(text string, noun bool, classes map[string][]string) (Pattern, error) {
	text = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(text)
	p := &parser{tokens: strings.Fields(text), noun: noun, classes: classes}
	if err := p.run(); err != nil {
		return Pattern{}, err
	}
	p.weigh()
	return p.out, nil
}

func (p *parser) run() error {
	for p.at < len(p.tokens) {
		t := p.tokens[p.at]
		switch {
		case t == "(":
			if p.depth {
				return fmt.Errorf("parentheses inside parentheses")
			}
			p.depth = true
			p.at++
			continue
		case t == ")":
			if !p.depth {
				return fmt.Errorf("a ) without its (")
			}
			p.depth = false
			p.at++
			continue
		}
		if err := p.piece(); err != nil {
			return err
		}
	}
	if p.depth {
		return fmt.Errorf("a ( without its )")
	}
	if p.out.Heads == nil {
		return fmt.Errorf("no word that it hangs on")
	}
	return nil
}

// piece reads the next piece or the head.
func (p *parser) piece() error {
	if p.out.Heads == nil {
		return p.before()
	}
	var preps [][]string
	for p.at < len(p.tokens) && isPreps(p.tokens[p.at]) {
		alternatives := strings.Split(p.tokens[p.at], "|")
		// "to" before a word may be an infinitive: left to the end of the row.
		preps = append(preps, alternatives)
		p.at++
	}
	next := ""
	if p.at < len(p.tokens) {
		next = p.tokens[p.at]
	}
	if next == "" || next == "(" || next == ")" {
		if preps == nil {
			return fmt.Errorf("nothing where a piece should stand")
		}
		p.add(Piece{Place: Particle, Preps: preps})
		return nil
	}
	piece := Piece{Place: Object, Preps: preps}
	if preps != nil {
		piece.Place = Oblique
	} else if p.noun && !slices.ContainsFunc(p.out.Pieces, func(x Piece) bool { return x.Place == Infinitive }) {
		return fmt.Errorf("%q stands after a noun without a preposition", next)
	}
	if next == "that" && preps == nil {
		p.at++
		if p.at == len(p.tokens) {
			return fmt.Errorf("nothing after that")
		}
		piece.Place, next = Clause, p.tokens[p.at]
		// «that T resign»
		if next[0] == 'T' || next[0] == 'A' {
			if err := p.fill(&piece, next); err != nil {
				return err
			}
			if p.at++; p.at == len(p.tokens) {
				return fmt.Errorf("no verb after that %s", next)
			}
			if next = p.tokens[p.at]; next != "_" {
				if piece.Words = p.alternatives(next); len(piece.Words) == 0 {
					return fmt.Errorf("%s: no such class of words", next)
				}
			} else {
				piece.Any = true
			}
			p.at++
			p.add(piece)
			return nil
		}
	}
	if err := p.fill(&piece, next); err != nil {
		return err
	}
	if len(preps) == 1 && slices.Equal(preps[0], []string{"to"}) && piece.Slot.Role == 0 {
		piece.Place = Infinitive
	}
	p.at++
	p.add(piece)
	return nil
}

// before reads what stands before the head, or the head.
func (p *parser) before() error {
	t := p.tokens[p.at]
	p.at++
	isSlot := t[0] == 'A' || t[0] == 'T'
	switch {
	case isSlot && p.noun:
		name, owner := strings.CutSuffix(t, "'s")
		piece := Piece{Place: Owner}
		if !owner && name != "A+T" {
			return fmt.Errorf("%s before a noun is written %s's", t, t)
		}
		if err := p.fill(&piece, name); err != nil {
			return err
		}
		p.add(piece)
	case isSlot || t == "_" && !p.noun:
		piece := Piece{Place: Subject}
		if err := p.fill(&piece, t); err != nil {
			return err
		}
		p.add(piece)
	case t == "be" && !p.noun:
		p.out.Copula = true
		if p.at == len(p.tokens) {
			return fmt.Errorf("nothing after be")
		}
		p.out.Heads = p.alternatives(p.tokens[p.at])
		p.at++
	case p.noun && p.at < len(p.tokens) && !isPreps(p.tokens[p.at]) && p.tokens[p.at] != "(" && p.tokens[p.at] != ")":
		p.add(Piece{Place: Modifier, Words: p.alternatives(t)})
	default:
		if isPreps(t) && p.at == 1 {
			return fmt.Errorf("begins with a preposition") // «back» after A is a verb
		}
		p.out.Heads = p.alternatives(t)
	}
	if p.out.Heads != nil && len(p.out.Heads) == 0 {
		return fmt.Errorf("%s: no such class of words", t)
	}
	return nil
}

func (p *parser) add(piece Piece) {
	piece.Optional = p.depth
	p.out.Pieces = append(p.out.Pieces, piece)
}

// fill reads what stands at a place: a slot, words, a class or "_".
func (p *parser) fill(piece *Piece, t string) error {
	name, only, restricted := strings.Cut(t, ":")
	bare, of := strings.CutSuffix(name, "*")
	switch bare {
	case "A", "T", "N":
		piece.Slot.Role, piece.Slot.Of = bare[0], of
	case "A+T":
		piece.Slot.Role = '+'
	case "_":
		piece.Any = true
	default:
		if of || restricted || t[0] >= 'A' && t[0] <= 'Z' {
			return fmt.Errorf("%s is no slot: A, T, A+T", t)
		}
		if piece.Words = p.alternatives(t); len(piece.Words) == 0 {
			return fmt.Errorf("%s: no such class of words", t)
		}
		piece.Class = t[0] == '@'
	}
	if !restricted {
		return nil
	}
	for _, r := range strings.Split(only, "|") {
		if r != "" && r[0] == '@' {
			class := p.classes[r[1:]]
			if class == nil {
				return fmt.Errorf("%s: no such class of words", r)
			}
			piece.Slot.Class = append(piece.Slot.Class, class...)
		} else if restrictions[r] {
			piece.Slot.Only = append(piece.Slot.Only, r)
		} else {
			return fmt.Errorf("%s: no such restriction", r)
		}
	}
	return nil
}

// alternatives returns the words of "a|b|@class".
func (p *parser) alternatives(t string) (out []string) {
	for _, w := range strings.Split(t, "|") {
		if w == "" {
			return nil
		}
		if w[0] != '@' {
			out = append(out, w)
			continue
		}
		class := p.classes[w[1:]]
		if class == nil {
			return nil
		}
		out = append(out, class...)
	}
	return out
}

// isPreps says whether all alternatives of a token are prepositions.
func isPreps(t string) bool {
	for _, w := range strings.Split(t, "|") {
		if !prepositions[w] {
			return false
		}
	}
	return true
}

// weigh counts what a pattern asks for: words most, restrictions and required slots less.
func (p *parser) weigh() {
	w := 0
	for _, x := range p.out.Pieces {
		switch {
		case x.Words != nil && x.Class:
			w += 9
		case x.Words != nil:
			w += 10
		case x.Slot.Only != nil || x.Slot.Class != nil:
			w += 4
		case !x.Optional && x.Place != Subject:
			w += 2
		}
		if !x.Optional {
			w += 2 * len(x.Preps)
		}
	}
	p.out.Weight = w
}
