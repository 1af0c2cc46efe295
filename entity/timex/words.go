package timex

// class says what part a word can play in a time expression.
type class uint8

const (
	none      class = iota
	month           // January: val is its number
	weekday         // Monday: 1 to 7
	unit            // week: val is a unit
	season          // spring
	part            // morning: val indexes parts
	card            // seven: val is the number
	scale           // hundred: val is the factor
	ord             // seventh; -1 for "final"
	half            // half
	dozen           // dozen
	couple          // couple
	few             // several: a number that nobody names
	some            // some: a number, or an approximation
	last            // last, past
	prior           // previous, preceding
	next            // next, coming
	after           // following: the next one after a day that was named
	this            // this, current
	that            // that, same
	latest          // latest: the last quarter
	deictic         // yesterday: val is the offset in days, 10 for "tonight"
	vague           // now: val indexes refs
	recent          // recent
	future          // future
	moment          // moment
	early           // early, late, mid
	sooner          // earlier
	later           // later
	edge            // end, beginning
	rest            // rest, most, part
	approx          // about, nearly: val is 1 for those that stand before dates too
	more            // more, additional, full
	fewer           // less, fewer, up, close
	than            // than
	least           // least
	ago             // ago
	before          // before
	afterWord       // after
	hence           // hence
	every           // every, each
	single          // single
	often           // daily: val is a unit
	times           // once, twice
	holiday         // Christmas: val indexes holidays
	fiscal          // fiscal
	zone            // EST
	noon            // noon, midnight: val is the hour
	amPM            // a.m.: 0, p.m.: 12
	oclock          // o'clock
	bc              // BC
	ad              // AD
	decades         // nineties: val is 90
	letterQ         // Q: of "Q3"
	letterH         // H: of "H1"
	these           // these
	point           // percent: no year stands before it
	ended           // ended: "the year ended March 31"
	old             // old
	the             // the
	poss            // its, his
	an              // a, an
	of              // and the small words that follow
	and
	or
	toward // to, through, until
	in
	on
	at
	by
	since
	from
	per
	within
)

// units of time, from the smallest.
type units int

const (
	second units = iota
	minute
	hour
	day
	week
	fortnight
	weekend
	monthUnit
	quarter
	year
	decade
	century
	millennium
	nounit // "a while"
)

// The three values of what is told but not dated.
const (
	presentRef = iota
	pastRef
	futureRef
)

var refs = [...]string{"PRESENT_REF", "PAST_REF", "FUTURE_REF"}

// parts of a day, as values end.
var parts = [...]string{"MO", "MI", "AF", "EV", "NI", "DT"}

var seasons = [...]string{"SP", "SU", "FA", "WI"}

// entry is what the list knows of a word.
type entry struct {
	class class
	// val is the number, the unit, the offset or the index that goes with the class.
	val int
	// plural is of units, weekdays and parts of the day: "Mondays".
	plural bool
	// short is an abbreviation that wants its full stop or a number beside it: "Jan.".
	short bool
}

// words are all words that a time expression can contain, in lower case.
var words = buildWords()

func buildWords() map[string]entry {
	w := map[string]entry{}
	list := func(c class, first int, all ...string) {
		for i, s := range all {
			if s != "" {
				w[s] = entry{class: c, val: first + i}
			}
		}
	}
	same := func(c class, val int, all ...string) {
		for _, s := range all {
			w[s] = entry{class: c, val: val}
		}
	}
	list(month, 1, "january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december")
	for i, s := range []string{"jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if s != "" {
			w[s] = entry{class: month, val: i + 1, short: true}
		}
	}
	w["sept"] = entry{class: month, val: 9, short: true}
	for i, s := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		w[s] = entry{class: weekday, val: i + 1}
		w[s+"s"] = entry{class: weekday, val: i + 1, plural: true}
	}
	for i, s := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		w[s] = entry{class: weekday, val: i + 1, short: true}
	}
	w["tues"] = entry{class: weekday, val: 2, short: true}
	w["thurs"] = entry{class: weekday, val: 4, short: true}
	for u, s := range []string{"second", "minute", "hour", "day", "week", "fortnight", "weekend", "month",
		"quarter", "year", "decade", "century", "millennium"} {
		w[s] = entry{class: unit, val: u}
		w[s+"s"] = entry{class: unit, val: u, plural: true}
	}
	w["centuries"] = entry{class: unit, val: int(century), plural: true}
	w["millennia"] = entry{class: unit, val: int(millennium), plural: true}
	delete(w, "centurys")
	w["hrs"] = entry{class: unit, val: int(hour), plural: true}
	w["mins"] = entry{class: unit, val: int(minute), plural: true}
	list(season, 0, "spring", "summer", "autumn", "winter")
	w["fall"] = entry{class: season, val: 2}
	for _, s := range []string{"springs", "summers", "autumns", "winters"} {
		w[s] = entry{class: season, val: w[s[:len(s)-1]].val, plural: true}
	}
	for s, v := range map[string]int{"morning": 0, "afternoon": 2, "evening": 3, "night": 4, "midday": 1,
		"dawn": 0, "dusk": 3, "daytime": 5, "nighttime": 4, "overnight": 4, "lunchtime": 1} {
		w[s] = entry{class: part, val: v}
	}
	for s, v := range map[string]int{"mornings": 0, "afternoons": 2, "evenings": 3, "nights": 4} {
		w[s] = entry{class: part, val: v, plural: true}
	}
	list(card, 0, "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
	for i, s := range []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		w[s] = entry{class: card, val: 10 * (i + 2)}
		w[s[:len(s)-1]+"ies"] = entry{class: decades, val: 10 * (i + 2)}
		w[s[:len(s)-1]+"ieth"] = entry{class: ord, val: 10 * (i + 2)}
	}
	list(ord, 1, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
		"eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
		"eighteenth", "nineteenth")
	same(ord, -1, "final")
	w["second"] = entry{class: unit, val: int(second)} // also the ordinal: see ordinal
	same(scale, 100, "hundred")
	same(scale, 1000, "thousand")
	same(dozen, 12, "dozen")
	same(few, 0, "few", "several", "many", "numerous")
	same(couple, 2, "couple")
	same(some, 0, "some")
	same(last, 0, "last", "past")
	same(prior, 0, "previous", "preceding")
	same(next, 0, "next", "coming", "upcoming")
	same(after, 0, "following", "ensuing", "subsequent")
	same(this, 0, "this", "current")
	same(that, 0, "that", "same")
	same(latest, 0, "latest")
	list(deictic, -1, "yesterday", "today", "tomorrow")
	w["tonight"] = entry{class: deictic, val: 10}
	same(vague, presentRef, "now", "currently", "nowadays", "presently")
	same(vague, pastRef, "recently", "lately")
	same(vague, futureRef, "soon")
	same(recent, 0, "recent")
	same(future, 0, "future")
	same(early, 0, "early", "late", "mid")
	same(sooner, 0, "earlier")
	same(later, 0, "later")
	same(edge, 0, "end", "beginning", "start", "middle", "close", "height", "outset")
	same(approx, 0, "nearly", "almost", "over", "under")
	same(approx, 1, "about", "around", "roughly", "approximately", "circa", "ca")
	same(ago, 0, "ago")
	same(before, 0, "before")
	same(afterWord, 0, "after")
	same(within, 0, "within")
	same(single, 0, "single")
	same(hence, 0, "hence")
	same(every, 0, "every", "each")
	same(often, int(day), "daily")
	same(often, int(week), "weekly")
	same(often, int(monthUnit), "monthly")
	same(often, int(hour), "hourly")
	same(often, int(year), "annually", "yearly")
	same(often, int(day), "nightly")
	same(times, 0, "once", "twice", "thrice", "times")
	same(fiscal, 0, "fiscal", "financial", "fy")
	same(zone, 0, "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "gmt", "utc", "bst", "cet", "et", "pt")
	same(noon, 12, "noon")
	same(noon, 24, "midnight")
	same(bc, 0, "bc", "bce")
	same(ad, 0, "ad", "ce")
	same(the, 0, "the")
	same(poss, 0, "its", "his", "her", "their", "our", "my", "your")
	same(an, 1, "a", "an")
	same(letterQ, 0, "q")
	same(letterH, 0, "h")
	same(these, 0, "these")
	same(of, 0, "of")
	same(and, 0, "and")
	same(or, 0, "or")
	same(toward, 0, "to", "through", "until", "till")
	same(in, 0, "in")
	same(on, 0, "on")
	same(by, 0, "by")
	same(since, 0, "since", "during")
	same(from, 0, "from")
	same(at, 0, "at")
	same(per, 0, "per")
	same(more, 0, "more", "additional", "full", "straight", "consecutive", "whole", "calendar", "entire")
	same(fewer, 0, "less", "fewer", "up")
	same(than, 0, "than")
	same(least, 0, "least")
	same(old, 0, "old")
	same(ended, 0, "ended", "ending", "ends")
	same(rest, 0, "rest", "remainder", "part", "most")
	same(moment, 0, "moment")
	same(half, 0, "half")
	same(point, 0, "percent", "pct", "million", "billion", "trillion", "feet", "miles", "people", "pounds", "dollars")
	for i, h := range holidays {
		w[h.word] = entry{class: holiday, val: i}
	}
	return w
}
