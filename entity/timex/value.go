package timex

import "strconv"

// value is the text of a TIMEX3 value under construction.
type value struct {
	buf [40]byte
	n   int
}

func (v *value) text(s string) { v.n += copy(v.buf[v.n:], s) }

func (v *value) pad(n, width int) {
	var tmp [20]byte
	s := strconv.AppendInt(tmp[:0], int64(n), 10)
	for k := len(s); k < width; k++ {
		v.text("0")
	}
	v.n += copy(v.buf[v.n:], s)
}

func (v *value) year(y int) {
	switch {
	case y == 0:
		v.text("XXXX")
	case y < 0:
		v.text("BC")
		v.pad(-y, 4)
	default:
		v.pad(y, 4)
	}
}

// date writes a date as far as it is told.
func (v *value) date(d date) {
	v.year(d.y)
	if d.m == 0 {
		if d.d == 0 {
			return
		}
		v.text("-XX")
	} else {
		v.text("-")
		v.pad(d.m, 2)
	}
	if d.d > 0 {
		v.text("-")
		v.pad(d.d, 2)
	}
}

func (v *value) week(d date) {
	if d.y <= 0 || d.m == 0 || d.d == 0 {
		v.year(d.y)
		v.text("-WXX")
		return
	}
	y, w := d.week()
	v.pad(y, 4)
	v.text("-W")
	v.pad(w, 2)
}

func (v *value) String() string { return string(v.buf[:v.n]) }

// letters of the units in durations, and whether they stand after a T.
var unitLetters = [...]string{"S", "M", "H", "D", "W", "W", "D", "M", "Q", "Y", "Y", "Y", "Y", "X"}

// duration writes "P3W", "PT2H30M", "PXD".
func duration(v *value, n node) {
	k := n.n
	v.text("P")
	if n.unit <= hour {
		v.text("T")
	}
	if n.vague {
		v.text("X")
		switch n.unit {
		case decade:
			v.text("E")
		case century:
			v.text("C")
		case millennium:
			v.text("L")
		default:
			v.text(unitLetters[n.unit])
		}
		return
	}
	letter := unitLetters[n.unit]
	switch n.unit {
	case fortnight, weekend:
		k *= 2
	case decade:
		k = k*10 + n.tenths
		n.tenths = 0
	case century:
		k = k*100 + 10*n.tenths
		n.tenths = 0
	case millennium:
		k = k*1000 + 100*n.tenths
		n.tenths = 0
	}
	if n.tenths == 5 {
		var half string
		switch n.unit {
		case minute:
			half = "30S"
		case hour:
			half = "30M"
		case day:
			half = "T12H"
		case year:
			half = "6M"
		}
		if half != "" {
			if k > 0 {
				v.pad(k, 1)
				v.text(letter)
			}
			v.text(half)
			return
		}
	}
	v.pad(k, 1)
	if n.tenths > 0 {
		v.text(".")
		v.pad(n.tenths, 1)
	}
	v.text(letter)
}

// setOf writes "P1W", "XXXX-WXX-4", "XXXX-07", "XXXX-SU".
func (p *parser) setOf(v *value, n node) {
	switch {
	case n.weeks:
		v.text("XXXX-WXX-")
		v.pad(n.n, 1)
	case n.date.m > 0:
		v.date(n.date)
	case n.set:
		v.text("XXXX-")
		v.text(seasons[n.season])
	case n.part > 0:
		v.text("XXXX-XX-XX")
	default:
		duration(v, n)
		return
	}
	if n.part > 0 {
		v.text("T")
		v.text(parts[n.part-1])
	}
}
