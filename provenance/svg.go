package provenance

import (
	"fmt"
	"html"
	"strings"
)

// SVG returns the graph as a picture: a row for each telling below its origin, joined to
// the one that it has the claim from, with a mark whose fill says how sure it is. It needs
// no style from outside, follows the colour of the text around it, and each row has a title
// that says the whole.
func (g *Graph) SVG() string {
	const rowHeight, step, left, wide = 22, 18, 16, 920
	var rows []string
	y := 0
	text := func(x int, class, s, title string) {
		rows = append(rows, fmt.Sprintf(`<g><title>%s</title><text x="%d" y="%d"%s>%s</text></g>`,
			html.EscapeString(title), x, y+15, class, html.EscapeString(s)))
	}
	const bold = ` font-weight="600"`
	text(left, bold, cut(oneLine(g.Text), 120), g.Text)
	y += rowHeight
	text(left, "", g.Summary(), g.Summary())
	y += rowHeight * 3 / 2
	place := map[int][2]int{} // by telling: its mark
	row := func(i, depth, up int) {
		x := left + 8 + depth*step
		place[i] = [2]int{x, y + 10}
		if p, ok := place[up]; ok && up >= 0 {
			rows = append(rows, fmt.Sprintf(`<path d="M%d %dV%dH%d" fill="none" stroke="currentColor" opacity=".5"/>`, p[0], p[1]+5, y+10, x-5))
		}
		rows = append(rows, fmt.Sprintf(`<circle cx="%d" cy="%d" r="5" stroke="currentColor" fill="currentColor" fill-opacity="%s"/>`,
			x, y+10, opacity[strength[sureOf(g.Tellings[i].Statement)]]))
		line := g.line(i)
		text(x+12, "", cut(line, 130-3*depth), line+" "+g.reasons(i))
		y += rowHeight
	}
	for n, o := range g.Origins {
		text(left, bold, fmt.Sprintf("%d  %s (%s)", n+1, cut(oneLine(o.Name), 100), o.Kind), o.Name)
		y += rowHeight
		g.walk(o.Tellings, row)
		y += rowHeight / 2
	}
	if loose := g.loose(); len(loose) > 0 {
		text(left, bold, "no origin recorded", "Nothing says from where these have it.")
		y += rowHeight
		g.walk(loose, row)
		y += rowHeight / 2
	}
	for _, c := range g.Cycles {
		text(left, bold, "circular: "+c.String(), strings.Join(c.Articles, ", "))
		y += rowHeight
	}
	for _, r := range g.Rises {
		s := g.rise(r)
		text(left, bold, "surer than its origin: "+s, s)
		y += rowHeight
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="13" fill="currentColor">%s</svg>`,
		wide, y+rowHeight/2, strings.Join(rows, "\n"))
}

// opacity is how full the mark of a telling is, by its strength.
var opacity = [...]string{"0", "0", ".35", ".7", "1"}

// reasons returns the edges of a telling in words.
func (g *Graph) reasons(i int) string {
	var out []string
	for _, e := range g.from[i] {
		out = append(out, fmt.Sprintf("(%s: %s)", g.Edges[e].Kind, g.Edges[e].Reason))
	}
	return strings.Join(out, " ")
}
