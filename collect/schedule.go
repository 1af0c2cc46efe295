package collect

import (
	"hash/fnv"
	"time"
)

// Bounds of a schedule.
const (
	defaultEvery = 15 * time.Minute
	leastEvery   = time.Minute
	mostHinted   = 6 * time.Hour      // some feeds claim to change once a week, and do not
	mostBackOff  = 24 * time.Hour     // a broken source is asked once a day
	goneEvery    = 7 * 24 * time.Hour // one that is gone, once a week
)

// Due returns when the source is to be polled next, as seen at the time now. It is a pure
// function of the state, so that a schedule goes on after a restart.
//
// It is the last poll, and then the source's own interval; or longer, up to six hours, if
// the feed asks for it; twice as long for each failure in a row, up to a day; and not
// before the time that the server named. A source that was never polled is due at once. So
// is one whose last poll lies in the future, as after a clock that ran ahead: such a time
// says nothing. What is polled together spreads over a tenth of the interval.
func (s State) Due(now time.Time) time.Time {
	if s.Polled.IsZero() || s.Polled.After(now) {
		return now
	}
	wait := s.interval()
	due := s.Polled.Add(wait + spread(s.URL, wait/10))
	if s.NotBefore.After(due) && !s.NotBefore.After(s.Polled.Add(goneEvery)) {
		due = s.NotBefore
	}
	return due
}

// interval is how long to wait after the last poll.
func (s State) interval() time.Duration {
	own := s.Every
	if own <= 0 {
		own = defaultEvery
	}
	own = max(own, leastEvery)
	wait := max(own, min(s.Hint, mostHinted))
	switch {
	case s.Health.Condition != Broken:
		return wait
	case s.Health.Reason == ReasonGone:
		return max(wait, goneEvery)
	}
	most := max(wait, mostBackOff)
	for range s.Health.Failures {
		if wait *= 2; wait >= most {
			return most
		}
	}
	return wait
}

// spread is a pause of less than most that is always the same for an address.
func spread(address string, most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(address))
	return time.Duration(h.Sum64() % uint64(most))
}
