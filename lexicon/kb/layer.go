package kb

import (
	"strings"
	"sync/atomic"
)

// layer is one folder of tables with its indexes. The shipped tables are a layer, and
// each folder of the user's is another.
type layer struct {
	files   []layerFile
	rows    []place
	indexes [lastIndex]index
	entries []atomic.Pointer[Entry] // by row; nil until something asks for it
}

// layerFile is a table in a layer: what is known of it, without its rows, and its text.
type layerFile struct {
	file
	data string
}

// place is where a row stands.
type place struct{ file, begin, end uint32 }

// The indexes of a layer.
const (
	byID     = iota // of entries
	byName          // as written: entries of every sort, people in office too
	byFold          // folded, without abbreviations
	byDomain        // of outlets
	byTerm          // country, tab, office; and country, tab, t:, folded title
	byTitle         // folded titles
	byPerson        // folded names, surnames and short forms of people
	lastIndex
)

// newLayer builds a layer of tables that have been checked.
func newLayer(files []*file) *layer {
	l := &layer{}
	var pairs [lastIndex][]pair
	for i, f := range files {
		l.files = append(l.files, layerFile{file{File: File{Name: f.Name}, table: f.table, asOf: f.asOf, later: f.later}, string(f.Data)})
		for _, r := range f.rows {
			n := len(l.rows)
			l.rows = append(l.rows, place{uint32(i), uint32(r.begin), uint32(r.end)})
			r.pairs(func(x int, key string, as As) {
				if key != "" {
					pairs[x] = append(pairs[x], pair{key, hit{n, as}})
				}
			})
		}
	}
	for x := range pairs {
		l.indexes[x] = newIndex(pairs[x])
	}
	l.entries = make([]atomic.Pointer[Entry], len(l.rows))
	return l
}

// pairs gives the keys under which the row is found, each with its index.
func (r row) pairs(add func(x int, key string, as As)) {
	name := func(n string, as As) {
		add(byName, n, as)
		if as != Abbreviation {
			add(byFold, fold(n), as)
		}
	}
	switch r.table {
	case Rivals:
	case Titles:
		add(byTitle, fold(r.get("title")), 0)
	case Holders:
		add(byTerm, r.get("country")+"\t"+r.get("office"), 0)
		for _, t := range list(r.get("title")) {
			add(byTerm, r.get("country")+"\tt:"+fold(t), 0)
		}
		r.person(name, add)
	case People:
		r.person(name, add)
	default:
		e := r.entry()
		add(byID, e.ID, 0)
		for n, as := range e.names() {
			name(n, as)
			// "The Washington Post" is the Washington Post, but "The Hill" is not Hill.
			if short, ok := strings.CutPrefix(n, "The "); ok && strings.Contains(short, " ") {
				name(short, as)
			}
		}
		if e.Outlet != nil {
			add(byDomain, strings.ToLower(e.Outlet.Domain), Domain)
		}
	}
}

// person gives the keys of the row of a person. One word of a name is a short form that
// only PersonByName knows: "Putin" is a name that others have too.
func (r row) person(name func(string, As), add func(int, string, As)) {
	full := r.get("name")
	add(byID, personID(full), 0)
	name(full, Name)
	add(byPerson, fold(full), Name)
	add(byPerson, fold(surname(full, r.get("country"))), Surname)
	for _, n := range list(r.get("names")) {
		as := nameKind(n, full)
		if strings.Contains(n, " ") || as == Abbreviation {
			name(n, as)
		}
		add(byPerson, fold(n), as)
		if s := surname(n, r.get("country")); as == Name && s != "" {
			add(byPerson, fold(s), Surname)
		}
	}
}

// row reads row i.
func (l *layer) row(i int) row {
	at := l.rows[i]
	f := &l.files[at.file]
	return readRow(&f.file, f.data[at.begin:at.end])
}

// table returns the kind of table that row i stands in.
func (l *layer) table(i int) Table { return l.files[l.rows[i].file].table }

// entry returns the entry of row i, the same each time.
func (l *layer) entry(i int) *Entry {
	if e := l.entries[i].Load(); e != nil {
		return e
	}
	e := l.row(i).entry()
	if !l.entries[i].CompareAndSwap(nil, e) {
		e = l.entries[i].Load()
	}
	return e
}
