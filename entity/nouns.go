package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
)

// noun looks up the head of a mention, with the words before it where they are one
// entry together: "law firm", "think tank".
func (t *tree) noun(m *mention) (lexicon.NounEntry, bool) {
	h := &t.d.Tokens[m.head]
	lemma := strings.ToLower(h.Lemma)
	if h.UPOS != "NOUN" && h.UPOS != "PROPN" {
		return lexicon.NounEntry{}, false
	}
	for from := max(m.first, m.head-2); from < m.head; from++ {
		phrase := strings.ToLower(t.d.Text[t.d.Tokens[from].Begin:t.d.Tokens[m.head].Begin]) + lemma
		if n, ok := lexicon.Noun(phrase); ok {
			return n, true
		}
	}
	return lexicon.Noun(lemma)
}

// nounKind returns what sort of thing a description names, and the genders that
// pronouns for it may have.
func (t *tree) nounKind(m *mention) (doc.EntityType, uint8) {
	n, ok := t.noun(m)
	if !ok {
		return "", anyGender
	}
	switch n.Class {
	case lexicon.PersonNoun:
		switch n.Gender {
		case lexicon.Male:
			return doc.Person, male
		case lexicon.Female:
			return doc.Person, female
		}
		return doc.Person, male | female
	case lexicon.OrganizationNoun, lexicon.OutletNoun:
		return doc.Organization, neuter
	case lexicon.GovernmentNoun:
		return doc.Country, neuter
	case lexicon.DocumentNoun:
		return doc.Document, neuter
	case lexicon.PeopleNoun:
		return doc.Group, anyGender
	case lexicon.PlaceNoun:
		return doc.Location, neuter
	}
	return "", anyGender
}

// givenGender returns the genders of people with a given name; 0 where not known.
func givenGender(name string) uint8 {
	switch g, ok := lexicon.Given(name); {
	case !ok:
		return 0
	case g == lexicon.Male:
		return male
	case g == lexicon.Female:
		return female
	}
	return male | female
}

// documentName says whether a name is one of a document: its last word, or the one
// before "of", is a noun for documents: "Treaty of Rome", "Clean Air Act".
func documentName(name string) bool {
	name, _, _ = strings.Cut(name, " of ")
	n, ok := lexicon.Noun(strings.ToLower(lastWord(name)))
	return ok && n.Class == lexicon.DocumentNoun
}
