package entity

import (
	"strings"

	"hearsay/doc"
)

// issuers gives documents the body or the state that made them, where another sentence
// tells it: «The institute released a report. The report says …». What brought the
// document up first is asked, and else the last document of its sort before it.
func (l *linker) issuers() {
	l.released()
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || e.Type != doc.Document || e.Body != "" || e.Country != "" {
			continue
		}
		k := l.groups[g].mentions[0]
		sort := paper[strings.ToLower(l.d.Tokens[l.all[k].head].Lemma)]
		if m := &l.all[k]; sort == "" || e.Named || m.form != common || !l.definite(m) {
			continue
		}
		for a := k - 1; a >= 0 && l.all[k].sent-l.all[a].sent < 12; a-- {
			o := &l.groups[l.of[a]].entity
			if o.Type != doc.Document || l.of[a] == g || paper[strings.ToLower(l.d.Tokens[l.all[a].head].Lemma)] != sort || o.Body == "" && !stateSectors[o.Sector] {
				continue
			}
			e.Body, e.Country, e.Sector, e.Assumed = o.Body, o.Country, o.Sector, o.Assumed
			break
		}
	}
}

// paper sorts nouns for documents: one of a sort may stand for another, «the findings» for
// those of a poll.
var paper = map[string]string{"poll": "study", "survey": "study", "study": "study", "report": "study", "analysis": "study", "finding": "study",
	"research": "study", "paper": "study", "data": "study", "number": "study", "figure": "study", "estimate": "study", "review": "study", "result": "study",
	"ad": "ad", "advertisement": "ad", "spot": "ad", "commercial": "ad", "video": "ad", "clip": "ad", "narrator": "ad",
	"letter": "letter", "memo": "letter", "email": "letter", "e-mail": "letter", "message": "letter", "statement": "letter", "tweet": "letter",
	"lawsuit": "suit", "suit": "suit", "complaint": "suit", "filing": "suit", "indictment": "suit", "plan": "plan", "proposal": "plan", "bill": "law", "law": "law",
	"ruling": "ruling", "decision": "ruling", "opinion": "ruling", "slide": "slide", "presentation": "slide", "post": "post", "editorial": "post", "op-ed": "post", "article": "post", "story": "post"}

// makes are verbs whose object their subject made or put out.
var makes = map[string]bool{"release": true, "publish": true, "issue": true, "conduct": true, "commission": true, "launch": true, "air": true, "file": true,
	"write": true, "unveil": true, "produce": true, "run": true, "post": true, "send": true, "submit": true, "introduce": true, "circulate": true, "have": false}

// released gives a document that is the object of "release" and the like what its subject
// has: «The Roe campaign released an ad on Monday».
func (l *linker) released() {
	at := l.heads()
	for k := range l.all {
		m := &l.all[k]
		e := &l.groups[l.of[k]].entity
		t := &l.d.Tokens[m.head]
		if m.form == pronoun || e.Type != doc.Document || e.Body != "" || e.Country != "" || t.Rel != "obj" || t.Head < 0 || !makes[l.d.Tokens[t.Head].Lemma] {
			continue
		}
		for c := l.first[t.Head]; c >= 0; c = l.next[c] {
			s, ok := at[int(c)]
			if !ok || l.d.Tokens[c].Rel != "nsubj" {
				continue
			}
			o := &l.groups[l.of[s]].entity
			switch {
			case o.Country != "" && (o.Type == doc.Country || stateSectors[o.Sector]):
				l.serve(e, o.Country, o.Sector)
				e.Assumed = o.Assumed
			case o.Body != "":
				e.Body = o.Body
			case o.Named && o.Type == doc.Organization:
				e.Body = o.Name
			}
		}
	}
}

// campaigns makes one of what stands for the same campaign, and calls it by the name that
// the article has for it: «the Roe team», "his campaign".
func (l *linker) campaigns() {
	first := map[string]int{}
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || !strings.HasSuffix(e.Body, " campaign") || e.Type == doc.Person || e.Type == doc.Document || len(l.groups[g].names) > 0 {
			continue
		}
		team := false
		for _, k := range l.groups[g].mentions {
			m := &l.all[k]
			team = team || m.form != pronoun && m.number != plural && teams[strings.ToLower(l.d.Tokens[m.head].Lemma)]
		}
		if !team {
			continue
		}
		kept := *e
		if to, ok := first[kept.Body]; ok {
			l.merge(to, g)
			continue
		}
		first[kept.Body] = g
		if strings.Contains(l.d.Text, kept.Body) {
			e.Name, e.Named, e.Type = kept.Body, true, doc.Organization
		}
	}
}
