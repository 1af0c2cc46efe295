package kb

import (
	"fmt"
	"strconv"
	"time"
)

// Day is a day of the calendar as the number YYYYMMDD, so that later days are larger
// numbers. The zero Day is unknown.
type Day int32

// ParseDay reads an ISO 8601 day such as 2022-03-15. The empty string is the zero Day.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is no day such as 2022-03-15", s)
	}
	return DayOf(t), nil
}

// DayOf returns the day of a time in its own time zone.
func DayOf(t time.Time) Day { return Day(t.Year()*10000 + int(t.Month())*100 + t.Day()) }

// String returns the day as YYYY-MM-DD, or "" for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// Term is a stretch of time whose ends may be known to the day, the month or the year.
// Both ends belong to it.
type Term struct {
	From, To string // YYYY, YYYY-MM or YYYY-MM-DD, as the table has it; "" where it has none
	// First and Last are the widest that the table allows: 2015 begins on 2015-01-01 and
	// ends on 2015-12-31. An end that is not given is the zero Day.
	First, Last Day
	sureFirst   Day // the narrowest that it allows
	sureLast    Day
}

// Covers says whether the day lies within the term. It is sure where the ends are known
// exactly enough to say so. An end that is not given does not bind.
func (t Term) Covers(d Day) (covers, sure bool) {
	if d == 0 || t.First != 0 && d < t.First || t.Last != 0 && d > t.Last {
		return false, false
	}
	return true, d >= t.sureFirst && (t.sureLast == 0 || d <= t.sureLast)
}

// Overlaps says whether two terms surely share more than the day on which one follows
// the other.
func (t Term) Overlaps(u Term) bool {
	last := func(t Term) Day {
		if t.Last == 0 {
			return 99999999
		}
		return t.sureLast
	}
	return max(t.sureFirst, u.sureFirst) < min(last(t), last(u))
}

// newTerm reads the two ends. An open end is closed by asOf, the day up to which the
// table is true, unless that is zero.
func newTerm(from, to string, asOf Day) (t Term, err error) {
	t = Term{From: from, To: to}
	if t.First, t.sureFirst, err = bounds(from); err != nil {
		return t, fmt.Errorf("from: %w", err)
	}
	if to == "" {
		t.Last, t.sureLast = asOf, asOf
	} else {
		t.sureLast, t.Last, err = bounds(to)
		if err != nil {
			return t, fmt.Errorf("to: %w", err)
		}
	}
	if t.Last != 0 && t.First > t.Last {
		return t, fmt.Errorf("from %s is after to %s", from, to)
	}
	return t, nil
}

// bounds returns the first and the last day that a date with a missing month or day can
// mean.
func bounds(s string) (first, last Day, err error) {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(s)]
	if s == "" {
		return 0, 0, nil
	}
	t, err := time.Parse(layout, s)
	if layout == "" || err != nil {
		return 0, 0, fmt.Errorf("%s is no date such as 2022, 2022-03 or 2022-03-15", strconv.Quote(s))
	}
	switch len(s) {
	case 4:
		return DayOf(t), DayOf(t.AddDate(1, 0, -1)), nil
	case 7:
		return DayOf(t), DayOf(t.AddDate(0, 1, -1)), nil
	}
	return DayOf(t), DayOf(t), nil
}
