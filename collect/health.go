package collect

import (
	"errors"
	"fmt"
	"time"
)

// Condition is how a polled source is.
type Condition string

const (
	Untried Condition = ""
	Alive   Condition = "alive"  // gave something new
	Empty   Condition = "empty"  // is what it should be, and holds nothing new
	Broken  Condition = "broken" // gave no feed
)

// Reason is why a source is in its condition, in words for a person.
type Reason string

const (
	ReasonNew         Reason = "new entries"
	ReasonUnchanged   Reason = "unchanged"   // the server says so (304)
	ReasonNothingNew  Reason = "nothing new" // all entries are known
	ReasonNoEntries   Reason = "no entries"
	ReasonHTTP        Reason = "HTTP error"
	ReasonGone        Reason = "gone"  // 410
	ReasonMoved       Reason = "moved" // for good, to what is no feed
	ReasonNotFeed     Reason = "not a feed"
	ReasonParse       Reason = "cannot be parsed"
	ReasonUnreachable Reason = "unreachable"
	ReasonNoHost      Reason = "no such host"
	ReasonCertificate Reason = "certificate not valid"
	ReasonTimeout     Reason = "too slow"
	ReasonLarge       Reason = "too large"
	ReasonType        Reason = "wrong content type"
	ReasonRobots      Reason = "refused by robots.txt"
	ReasonAddress     Reason = "address not allowed"
)

// Health is how a source is and since when. It is a plain value: who polls keeps it.
type Health struct {
	Condition Condition `json:"condition,omitempty"`
	Reason    Reason    `json:"reason,omitempty"`
	Detail    string    `json:"detail,omitempty"`   // the error in full
	Since     time.Time `json:"since,omitzero"`     // when condition and reason became these
	Failures  int       `json:"failures,omitempty"` // broken polls in a row
	LastNew   time.Time `json:"last_new,omitzero"`  // when it last gave something new
	LastGood  time.Time `json:"last_good,omitzero"` // when it last was not broken
}

// After returns the health after a poll that ended at that time in a condition. Empty for
// one reason and then for another is the same stretch of time, as seen by Since: a feed
// that answers 304 now and repeats itself then has been empty all along.
func (h Health) After(c Condition, why Reason, detail string, at time.Time) Health {
	same := h.Condition == c && (c != Broken || h.Reason == why)
	if !same || h.Since.IsZero() || h.Since.After(at) { // or the clock went back
		h.Since = at
	}
	h.Condition, h.Reason, h.Detail = c, why, detail
	if c == Broken {
		h.Failures++
		return h
	}
	h.Failures, h.LastGood = 0, at
	if c == Alive {
		h.LastNew = at
	}
	return h
}

// String says it in a line: "broken since 2031-03-04 (gone): HTTP 410 Gone".
func (h Health) String() string {
	if h.Condition == Untried {
		return "not yet tried"
	}
	text := fmt.Sprintf("%s since %s (%s)", h.Condition, h.Since.UTC().Format("2006-01-02 15:04"), h.Reason)
	if h.Detail != "" {
		text += ": " + h.Detail
	}
	return text
}

// brokenBy tells the reason of an error of a poll.
func brokenBy(err error, page Page) (why Reason, detail string) {
	var failed *FetchError
	switch {
	case errors.As(err, &failed):
		return failed.Reason, failed.detail()
	case page.Moved:
		return ReasonMoved, "moved permanently to " + page.URL + ": " + err.Error()
	case errors.Is(err, errLarge), errors.Is(err, errBomb):
		return ReasonLarge, err.Error()
	case errors.Is(err, ErrNotFeed):
		return ReasonNotFeed, err.Error()
	}
	return ReasonParse, err.Error()
}
