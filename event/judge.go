package event

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"hearsay/doc"
	"hearsay/learn"
)

// Classes are what the judge tells apart: PLOVER's types, of which CONCEDE and RETREAT together are
// YIELD, as PLV has them.
var Classes = []string{"AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT",
	"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

// ClassOf returns the index in Classes of a type, or -1.
func ClassOf(t string) int {
	if t == "CONCEDE" || t == "RETREAT" {
		t = "YIELD"
	}
	return slices.Index(Classes, t)
}

// Lesson is what a sample shows, with its class.
type Lesson struct {
	Signs  Signs
	Class  int
	Weight float32 // how much it counts; 1 for what people marked
	// Foreign says that it is of other text than that which is to be judged: what it
	// teaches holds for all, while the others teach what holds for theirs alone too
	// (Daumé 2007).
	Foreign bool
}

// own returns the signs with a copy of each that only lessons which are not foreign have.
func (s Signs) own() Signs {
	out := make(Signs, 0, 2*len(s))
	for _, f := range s {
		out = append(out, f, learn.Mix(f, 1))
	}
	return out
}

// Judge tells what class of event a sample tells: a multinomial logistic regression over
// its signs. It is safe for concurrent use.
type Judge struct{ linear *learn.Linear }

// Classify returns the probability of each class.
func (j *Judge) Classify(s Signs) []float64 {
	sums := make([]int32, len(Classes))
	j.linear.Score(s.own(), sums)
	out := make([]float64, len(Classes))
	for c, v := range sums {
		out[c] = float64(v) * j.linear.Scale()
	}
	softmax(out)
	return out
}

// TeachOptions say how a judge is taught. The zero values are those that ship.
type TeachOptions struct {
	Epochs  int     // 15
	Rate    float64 // 0.1
	Balance float64 // power to which rare classes count more: 0.3
	Seed    uint64
	Prune   float64 // weights below are left out: 0.05
}

// Teach learns a judge from lessons: AdaGrad, and the average over all steps. The same
// lessons and options give the same judge.
func Teach(lessons []Lesson, o TeachOptions) *Judge {
	if o.Epochs == 0 {
		o.Epochs = 15
	}
	if o.Rate == 0 {
		o.Rate = 0.1
	}
	if o.Balance == 0 {
		o.Balance = 0.3
	}
	if o.Prune == 0 {
		o.Prune = 0.05
	}
	k := len(Classes)
	t := learn.NewTrainer(k)
	share := make([]float64, k)
	total := 0.0
	for i := range lessons {
		share[lessons[i].Class] += float64(lessons[i].Weight)
		total += float64(lessons[i].Weight)
	}
	weight := make([]float32, k)
	for c, n := range share {
		weight[c] = float32(math.Pow(total/float64(k)/max(n, 1), o.Balance))
	}
	all := make([]Signs, len(lessons))
	for i := range lessons {
		if all[i] = lessons[i].Signs; !lessons[i].Foreign {
			all[i] = all[i].own()
		}
	}
	rng := rand.New(rand.NewPCG(o.Seed, 7))
	order := rng.Perm(len(lessons))
	scores, p := make([]float32, k), make([]float64, k)
	for range o.Epochs {
		rng.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			l := &lessons[i]
			clear(scores)
			t.Score(all[i], scores)
			for c, s := range scores {
				p[c] = float64(s)
			}
			softmax(p)
			p[l.Class]--
			for c := range p {
				if g := float32(p[c]) * l.Weight * weight[l.Class]; math.Abs(float64(g)) >= small {
					t.Descend(all[i], c, g, float32(o.Rate))
				}
			}
			t.Tick()
		}
	}
	return &Judge{t.Freeze(learn.Prune{MinWeight: o.Prune, Scale: unit})}
}

// unit is what one step of a frozen weight is worth: coarse, so that most weights are 0 and
// take no room.
const unit = 0.04

// small is the error below which a class is left as it is.
const small = 2e-3

func softmax(x []float64) {
	m, sum := slices.Max(x), 0.0
	for i, v := range x {
		x[i] = math.Exp(v - m)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// Mean returns the mean of two judges' probabilities.
func Mean(p, q []float64) []float64 {
	out := make([]float64, len(p))
	for c := range p {
		out[c] = (p[c] + q[c]) / 2
	}
	return out
}

// Judges are two: one that sees the sentence alone, and one that sees where its sides stand. Of a sentence
// whose sides are given the mean of both counts, which is about a point of macro-F1 better than the
// second alone.
type Judges struct{ Bare, Given *Judge }

// judgesVersion changes whenever signs do.
const judgesVersion = "event/1"

// Bytes returns the judges as a model file.
func (j *Judges) Bytes() []byte {
	f := &learn.File{Name: "event", Version: judgesVersion, Sections: []learn.Section{
		{Name: "bare", Data: j.Bare.linear.Bytes()}, {Name: "given", Data: j.Given.linear.Bytes()}}}
	return f.Packed()
}

// readJudges reads what Bytes wrote.
func readJudges(b []byte) (*Judges, error) {
	f, err := learn.ReadFile(b, "event", judgesVersion)
	if err != nil {
		return nil, err
	}
	out := &Judges{}
	for name, to := range map[string]**Judge{"bare": &out.Bare, "given": &out.Given} {
		section, err := f.Section(name)
		if err != nil {
			return nil, err
		}
		linear, err := learn.ReadLinear(section, len(Classes))
		if err != nil {
			return nil, fmt.Errorf("model event: %s: %w", name, err)
		}
		*to = &Judge{linear}
	}
	return out, nil
}

// Classify returns the class that the sentence of a sample most likely tells, and its
// probability; "" where the model has no judges.
func (m *Model) Classify(x Sample) (class string, probability float64) {
	if m.judges == nil {
		return "", 0
	}
	p := m.judges.Bare.Classify(m.Signs(Sample{Doc: x.Doc}))
	if !x.Source.Empty() || !x.Target.Empty() {
		p = Mean(p, m.judges.Given.Classify(m.Signs(x)))
	}
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	return Classes[best], p[best]
}

// Parties returns who the words of a span are: several where they are coordinated, or
// belong to several states; whose they are where they name no party themselves.
func (m *Model) Parties(d *doc.Doc, span doc.Span) []doc.Party {
	s := &signReader{matcher: newMatcher(d, m.frames)}
	head := s.headIn(span)
	if head < 0 {
		return nil
	}
	var all []party
	for _, i := range s.joined(head, s.nominal) {
		i = s.inner(i)
		if !d.Tokens[i].Overlaps(span) {
			continue
		}
		x := s.of(i)
		if x.Country == "" {
			// «the detentions in Venezuela», «the Israeli Prime Minister's declaration»
			if own := s.owners(i); len(own) > 0 && own[0].Country != "" {
				all = append(all, own...)
				continue
			}
		}
		all = append(all, s.split(x)...)
	}
	out := sides(all, nil)
	if slices.ContainsFunc(out, func(x doc.Party) bool { return x.Country != "" }) {
		return out
	}
	// «the district of New Mosul»: where it is.
	for k := range d.Places {
		if x := &d.Places[k]; span.Contains(x.Span) && x.Country != "" {
			return append(out, doc.Party{Span: x.Span, Entity: -1, Country: x.Country})
		}
	}
	return out
}
