package timex

import "time"

// date is a day, a month (d is 0) or a year (m and d are 0). Years before Christ are
// negative: 490 BC is -490. A zero date is not known.
type date struct{ y, m, d int }

func (a date) known() bool { return a.y != 0 }

// time returns the day as the standard library has it, the first of what is not told.
func (a date) time() time.Time {
	return time.Date(a.y, time.Month(max(1, a.m)), max(1, a.d), 0, 0, 0, 0, time.UTC)
}

// days returns the day that is n days after a, which must be a day of our era; a zero
// date where it is not, or where the result lies outside the years 1 to 9999.
func (a date) days(n int) date {
	if a.y <= 0 || n > 4e6 || n < -4e6 {
		return date{}
	}
	y, m, d := a.time().AddDate(0, 0, n).Date()
	if y < 1 || y > 9999 {
		return date{}
	}
	return date{y, int(m), d}
}

// months returns the month that is n months after a's.
func (a date) months(n int) date {
	if a.y == 0 || a.m == 0 || n > 120000 || n < -120000 {
		return date{}
	}
	k := a.astro()*12 + a.m - 1 + n
	y := k / 12
	if k%12 < 0 {
		y--
	}
	return fromAstro(y, k-12*y+1)
}

// years returns the year that is n years after a's.
func (a date) years(n int) date {
	if a.y == 0 || n > 12000 || n < -12000 {
		return date{}
	}
	return fromAstro(a.astro()+n, 0)
}

// astro counts years through, with 1 BC as 0.
func (a date) astro() int {
	if a.y < 0 {
		return a.y + 1
	}
	return a.y
}

func fromAstro(y, m int) date {
	if y <= 0 {
		y--
	}
	if y < -9999 || y > 9999 {
		return date{}
	}
	return date{y, m, 0}
}

// weekday is 1 for a Monday to 7 for a Sunday.
func (a date) weekday() int { return (int(a.time().Weekday())+6)%7 + 1 }

// week returns the ISO 8601 year and week.
func (a date) week() (y, w int) { return a.time().ISOWeek() }

// daysIn returns how many days a month has; an unknown year counts as a leap year.
func daysIn(y, m int) int {
	if y <= 0 {
		y = 2000
	}
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// parseDate reads YYYY-MM-DD and gives a zero date for anything else.
func parseDate(s string) date {
	if len(s) < 10 {
		return date{}
	}
	t, err := time.Parse(time.DateOnly, s[:10])
	if err != nil || t.Year() < 1 {
		return date{}
	}
	return date{t.Year(), int(t.Month()), t.Day()}
}

// feast is a day that has a name.
type feast struct {
	word string
	// tail is a word that must follow, such as "day"; with opt it may.
	tail []string
	opt  bool
	on   func(y int) date
}

func fixed(m, d int) func(int) date { return func(y int) date { return date{y, m, d} } }

// nth returns the nth weekday w of a month; n is -1 for the last.
func nth(m, w, n int) func(int) date {
	return func(y int) date {
		first := date{y, m, 1}
		d := 1 + (w-first.weekday()+7)%7 + 7*(n-1)
		if n < 0 {
			d = 1 + (w-first.weekday()+7)%7 + 28
			if d > daysIn(y, m) {
				d -= 7
			}
		}
		return date{y, m, d}
	}
}

// fromEaster returns a day counted from Easter Sunday, by the computus of Meeus.
func fromEaster(n int) func(int) date {
	return func(y int) date {
		a, b, c := y%19, y/100, y%100
		d, e := b/4, b%4
		g := (8*b + 13) / 25
		h := (19*a + b - d - g + 15) % 30
		i, k := c/4, c%4
		l := (32 + 2*e + 2*i - h - k) % 7
		m := (a + 11*h + 22*l) / 451
		month := (h + l - 7*m + 114) / 31
		day := (h+l-7*m+114)%31 + 1
		return date{y, month, day}.days(n)
	}
}

// election is the Tuesday after the first Monday of November.
func election(y int) date { return nth(11, 1, 1)(y).days(1) }

// holidays are the days with names that do not depend on the moon of Islam.
var holidays = []feast{
	{"christmas", []string{"day"}, true, fixed(12, 25)},
	{"xmas", nil, true, fixed(12, 25)},
	{"thanksgiving", []string{"day"}, true, nth(11, 4, 4)},
	{"easter", []string{"sunday"}, true, fromEaster(0)},
	{"halloween", nil, true, fixed(10, 31)},
	{"juneteenth", nil, true, fixed(6, 19)},
	{"labor", []string{"day"}, false, nth(9, 1, 1)},
	{"memorial", []string{"day"}, false, nth(5, 1, -1)},
	{"independence", []string{"day"}, false, fixed(7, 4)},
	{"veterans", []string{"day"}, false, fixed(11, 11)},
	{"armistice", []string{"day"}, false, fixed(11, 11)},
	{"election", []string{"day"}, false, election},
	{"columbus", []string{"day"}, false, nth(10, 1, 2)},
	{"inauguration", []string{"day"}, false, fixed(1, 20)},
	{"boxing", []string{"day"}, false, fixed(12, 26)},
	{"bastille", []string{"day"}, false, fixed(7, 14)},
	{"ash", []string{"wednesday"}, false, fromEaster(-46)},
	{"palm", []string{"sunday"}, false, fromEaster(-7)},
	{"good", []string{"friday"}, false, fromEaster(-2)},
	{"new", []string{"year", "'", "s", "day"}, false, fixed(1, 1)},
	{"valentine", []string{"'", "s", "day"}, false, fixed(2, 14)},
	{"presidents", []string{"day"}, false, nth(2, 1, 3)},
}
