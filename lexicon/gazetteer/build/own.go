package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"hearsay/lexicon/gazetteer"
)

// point reads a latitude and a longitude.
func point(lat, lon string) (y, x float64, err error) {
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	if err1 != nil || err2 != nil {
		return 0, 0, fmt.Errorf("latitude %q, longitude %q: want numbers", lat, lon)
	}
	return y, x, nil
}

func others(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

// stateCentres reads countries.tsv.
func (m *worldMap) stateCentres(path string) error {
	return lines(path, 4, func(f []string) (err error) {
		s := m.codes[f[0]]
		if s == nil {
			return fmt.Errorf("no state %q", f[0])
		}
		s.Lat, s.Lon, err = point(f[1], f[2])
		s.placed = true
		s.Alternates = append(s.Alternates, others(f[3])...)
		return err
	})
}

// regionCentres reads regions.tsv.
func (m *worldMap) regionCentres(path string) error {
	return lines(path, 4, func(f []string) (err error) {
		s := m.codes[f[0]]
		if s == nil {
			return fmt.Errorf("no region %q", f[0])
		}
		s.Alternates = append(s.Alternates, others(f[3])...)
		if f[1] == "-" {
			return nil
		}
		s.Lat, s.Lon, err = point(f[1], f[2])
		s.placed = true
		return err
	})
}

// nicknames reads nicknames.tsv.
func (m *worldMap) nicknames(path string) error {
	byID := map[int]*spot{}
	for _, s := range m.spots {
		if s.Kind.Populated() && s.GeoNames != 0 {
			byID[s.GeoNames] = s
		}
	}
	return lines(path, 2, func(f []string) error {
		id, _ := strconv.Atoi(f[0])
		s := byID[id]
		if s == nil {
			return fmt.Errorf("no town with the GeoNames id %q", f[0])
		}
		s.Own = append(s.Own, others(f[1])...)
		return nil
	})
}

// features reads features.tsv.
func (m *worldMap) features(path string) error {
	return lines(path, 6, func(f []string) (err error) {
		s := &spot{placed: true}
		names := others(f[0])
		s.Name, s.Alternates = names[0], names[1:]
		if s.Kind = gazetteer.KindOf(f[1]); s.Kind == 0 {
			return fmt.Errorf("no kind of place %q", f[1])
		}
		if s.Lat, s.Lon, err = point(f[2], f[3]); err != nil {
			return err
		}
		if f[4] != "-" {
			if s.country = f[4]; m.codes[f[4]] == nil {
				return fmt.Errorf("no state %q", f[4])
			}
		}
		known, err := strconv.Atoi(f[5])
		if err != nil || known < 1 || known > 5 {
			return fmt.Errorf("well known: %q, want 1 to 5", f[5])
		}
		s.Population = int(math.Pow10(known + 3))
		m.add(s, "")
		return nil
	})
}

// outlines reads the counties of the United States as TopoJSON, and puts each in the
// middle of its area.
func (m *worldMap) outlines(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var topo struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]int
		Objects   struct {
			Counties struct {
				Geometries []struct {
					ID   string
					Type string
					Arcs json.RawMessage
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &topo); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	states := fipsStates()
	for _, g := range topo.Objects.Counties.Geometries {
		var polygons [][][]int
		if g.Type == "Polygon" {
			var one [][]int
			err = json.Unmarshal(g.Arcs, &one)
			polygons = append(polygons, one)
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil || len(g.ID) != 5 {
			return fmt.Errorf("read %s: county %q: %v", path, g.ID, err)
		}
		s := m.codes["US."+states[g.ID[:2]]+"."+g.ID[2:]]
		if s == nil {
			continue // islands, and counties redrawn since
		}
		var area, x, y float64
		for _, rings := range polygons {
			var at [][2]float64
			for _, index := range rings[0] {
				k := index
				if k < 0 {
					k = ^k
				}
				var arc [][2]float64
				px, py := 0, 0
				for _, d := range topo.Arcs[k] {
					px, py = px+d[0], py+d[1]
					arc = append(arc, [2]float64{float64(px)*topo.Transform.Scale[0] + topo.Transform.Translate[0],
						float64(py)*topo.Transform.Scale[1] + topo.Transform.Translate[1]})
				}
				if index < 0 {
					for i, j := 0, len(arc)-1; i < j; i, j = i+1, j-1 {
						arc[i], arc[j] = arc[j], arc[i]
					}
				}
				at = append(at, arc...)
			}
			for i := range at {
				p, q := at[i], at[(i+1)%len(at)]
				cross := p[0]*q[1] - q[0]*p[1]
				area, x, y = area+cross/2, x+(p[0]+q[0])*cross/6, y+(p[1]+q[1])*cross/6
			}
		}
		if area != 0 {
			s.Lat, s.Lon, s.placed = y/area, x/area, true
		}
	}
	return nil
}

// fipsStates gives the postal code of a state by its number in the Census.
func fipsStates() map[string]string {
	const list = "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI " +
		"27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY"
	out := map[string]string{}
	for _, s := range strings.Fields(list) {
		out[s[:2]] = s[2:]
	}
	return out
}
