package timex

// kind says what a time expression means before it is held against a calendar.
type kind uint8

const (
	nothing   kind = iota
	skip           // no time expression, and none begins inside it: "25-year-old"
	aDate          // a day, month or year, as far as told
	aDecade        // node.date.y is the decade: 197
	aCentury       // node.date.y is the first year's hundreds: 19
	aSeason        // of node.date.y, if told
	aQuarter       // node.n is its number, 0 for "the quarter"
	aHalf          // half of a year
	aWeekday       // node.n is 1 to 7
	aHoliday       // node.n indexes holidays
	aUnit          // last week, this year, the next day
	aDayOf         // yesterday: node.n days from today
	anOffset       // three weeks ago
	yearAgo        // a year ago: of the same quarter, where one was told
	aDuration      // three weeks
	aSet           // every week
	aClock         // ten o'clock
	aRef           // now
	aPart          // the morning
	yearEnd        // year-end
)

// node is what the grammar makes of the words.
type node struct {
	kind kind
	date date
	// n is a number of units or days, or an index; see kind.
	n int
	// tenths of a unit beyond n: "two and a half" has five.
	tenths int
	// vague says that n is not told: "several".
	vague bool
	unit  units
	// dir is -1 for last and ago, 1 for next and later, 0 for this.
	dir int
	// told says that dir was named: "last Friday" and not "Friday".
	told bool
	// anchored nodes count from the time that was named before, not from publication.
	anchored bool
	// season indexes seasons; of a half it is the number, of a holiday the direction.
	season int
	part   int // 1 more than the index in parts, 0 for none
	clock  bool
	hour   int
	minute int
	// set is of "every summer" and of "the 1988 period", which is a quarter or a year.
	set bool
	// weeks says that the week is meant: "every Monday", "the week of March 6", "over the
	// weekend" that was.
	weeks bool
}

func (n node) ok() bool { return n.kind != nothing }
