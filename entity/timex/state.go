package timex

// state is what resolving carries along an article.
type state struct {
	ref       date // publication; unknown where the article has none
	narrative bool // tells of times long before publication: see regime
	at        date // the time that was named last
	quarter   int  // the quarter that was named last, 0 for none
	quarterOf int  // its year
	yearly    bool // a longer period was named after that quarter
	far       int  // the year of the last leap
	bc        bool // the article has named a year before Christ
	dayEnds   int  // where the last day with its month ended, in atoms of this sentence
	yearEnds  int  // and the last year
}

// farYears is a jump that a narrative does not make in one step.
const farYears = 30

// leap says whether d lies so far from what is told that it is a remark and not where the
// narrative goes on: "for the first time since 1614". A second date near d shows that
// it does.
func (s *state) leap(d date) bool {
	near := func(a, b int) bool { return a-b <= farYears && b-a <= farYears }
	if !s.at.known() || near(d.y, s.at.y) {
		s.far = 0
		return false
	}
	if s.far != 0 && near(d.y, s.far) {
		s.far = 0
		return false
	}
	s.far = d.y
	return true
}

// now is the day from which "last week" counts.
func (s *state) now() date {
	if s.narrative && s.at.known() {
		return s.at
	}
	return s.ref
}

// base is the day from which n counts.
func (s *state) base(n node) date {
	if n.anchored && s.at.known() {
		return s.at
	}
	return s.now()
}
