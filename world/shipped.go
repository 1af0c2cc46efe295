package world

import (
	"embed"
	"io/fs"
)

//go:embed templates
var templates embed.FS

// Harbour and Fields are the sets of templates that served while the counting of origins was
// made, Fields in forms as various as news has them; Plain is one by another author, which only scores it.
const (
	Harbour = "harbour"
	Fields  = "fields"
	Plain   = "plain"
)

// Shipped returns a set of templates that ships with the program. It panics where the set
// is broken, which a test would have shown.
func Shipped(name string) *Set {
	from, err := fs.Sub(templates, "templates/"+name)
	if err != nil {
		panic(err)
	}
	s, err := FromFS(from)
	if err != nil {
		panic(err)
	}
	return s
}
