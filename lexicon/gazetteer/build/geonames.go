package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"hearsay/lexicon/gazetteer"
)

// states reads GeoNames' countryInfo.txt: alpha-2, alpha-3, …, name (5), capital,
// area, population (8), …, id (17).
func (m *worldMap) states(path string) error {
	return lines(path, 17, func(f []string) error {
		if f[0] == "ISO" || f[0] == "CS" || f[0] == "AN" { // the heading, and two states that are no more
			return nil
		}
		s := &spot{country: f[0]}
		s.Kind, s.Name, s.ISO3 = gazetteer.Country, strings.TrimSpace(f[4]), f[1]
		var err1, err2 error
		s.Population, err1 = strconv.Atoi(f[7])
		s.GeoNames, err2 = strconv.Atoi(f[16])
		if err1 != nil || err2 != nil {
			return fmt.Errorf("population %q, id %q: want numbers", f[7], f[16])
		}
		m.add(s, f[0])
		return nil
	})
}

// regions reads admin1CodesASCII.txt: code, name, ASCII name, id.
func (m *worldMap) regions(path string) error {
	return lines(path, 4, func(f []string) error {
		country, _, _ := strings.Cut(f[0], ".")
		if m.codes[country] == nil {
			return nil // a state that is no more
		}
		s := &spot{country: country, region: f[0]}
		s.Kind, s.Name = gazetteer.Region, f[1]
		if f[2] != f[1] {
			s.Alternates = append(s.Alternates, f[2])
		}
		s.Alternates = append(s.Alternates, short(f[1])...)
		var err error
		if s.GeoNames, err = strconv.Atoi(f[3]); err != nil {
			return fmt.Errorf("id %q: want a number", f[3])
		}
		m.add(s, f[0])
		return nil
	})
}

// counties reads the names of second divisions.
func (m *worldMap) counties(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var list []struct{ Code, Name string }
	if err := json.Unmarshal(raw, &list); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	for _, c := range list {
		part := strings.SplitN(c.Code, ".", 3)
		if len(part) != 3 || gazetteer.Fold(c.Name) == "" {
			continue
		}
		s := &spot{country: part[0], region: part[0] + "." + part[1], county: c.Code}
		s.Kind, s.Name = gazetteer.County, c.Name
		s.Alternates = short(c.Name)
		m.add(s, c.Code)
	}
	return nil
}

// affixes are what the names of divisions have before or behind them and people often
// leave out.
var affixes = []string{" County", " Parish", " Borough", " District", " Province", " Region", " Oblast", " Governorate",
	" Prefecture", " Department", " Municipality", " Republic", " Krai", " Kray", " Emirate", " Oblast'", " State", " Wilaya", " Raion",
	" Autonomous Region", " Regency", " Kabupaten"}

var prefixes = []string{"County ", "Province of ", "Region of ", "Borough of ", "City of ", "Provincia de ", "Departamento de ",
	"Département de ", "Département du ", "Département de la ", "District of ", "Metropolitan Borough of ", "London Borough of ", "Royal Borough of ",
	"Provincia di ", "Kabupaten ", "Kota ", "Municipio de ", "Powiat ", "Landkreis ", "Obshtina ", "Opština ", "Grad "}

// short returns the name of a division without what it is, if that can be told.
func short(name string) []string {
	for _, a := range affixes {
		if s, ok := strings.CutSuffix(name, a); ok && len(s) > 2 {
			return []string{s}
		}
	}
	for _, p := range prefixes {
		if s, ok := strings.CutPrefix(name, p); ok && len(s) > 2 {
			return []string{s}
		}
	}
	return nil
}

// towns reads GeoNames' cities500.txt: id, name, ASCII name, other names, latitude,
// longitude, class, code (8), state, …, region (11), county (12), …, population (15).
func (m *worldMap) towns(path string) error {
	return lines(path, 15, func(f []string) error {
		s := &spot{country: f[8], region: f[8] + "." + f[10], county: f[8] + "." + f[10] + "." + f[11], placed: true}
		if m.codes[f[8]] == nil {
			return fmt.Errorf("state %q is not in the table of states", f[8])
		}
		var err [4]error
		s.GeoNames, err[0] = strconv.Atoi(f[0])
		s.Lat, err[1] = strconv.ParseFloat(f[4], 64)
		s.Lon, err[2] = strconv.ParseFloat(f[5], 64)
		s.Population, err[3] = strconv.Atoi(f[14])
		for _, e := range err {
			if e != nil {
				return e
			}
		}
		s.Name, s.Kind = f[1], townKinds[f[7]]
		if s.Kind == 0 {
			s.Kind = gazetteer.City
		}
		if f[2] != f[1] {
			s.Alternates = append(s.Alternates, f[2])
		}
		s.Alternates = append(s.Alternates, m.otherNames(s, strings.Split(f[3], ","))...)
		m.add(s, "")
		if s.country == "US" {
			m.named(s)
		}
		return nil
	})
}

var townKinds = map[string]gazetteer.Kind{"PPLC": gazetteer.Capital, "PPLA": gazetteer.Seat, "PPLX": gazetteer.Suburb}

func (m *worldMap) named(s *spot) {
	for _, name := range append([]string{s.Name}, s.Alternates...) {
		key := s.region + "\t" + gazetteer.Fold(name)
		m.names[key] = append(m.names[key], s)
	}
}

// english are the states whose other names GeoNames has in English for the most part.
var english = map[string]bool{"US": true, "GB": true, "IE": true, "CA": true, "AU": true, "NZ": true}

// leastOther is the population from which a town's other names are kept, where they are
// English and elsewhere. Those of smaller ones are mostly what a hamlet was called once.
var leastOther = map[bool]int{true: 10_000, false: 100_000}

// otherNames keeps those of a town's other names that an English text may hold: in
// Latin letters and no codes; all of them where English is spoken, those of cities
// elsewhere.
func (m *worldMap) otherNames(s *spot, all []string) (out []string) {
	if s.Population < leastOther[english[s.country]] && s.Kind != gazetteer.Seat && s.Kind != gazetteer.Capital {
		return nil
	}
	if len(all) > 40 {
		// Large cities have a name in every language, of which few are read in English.
		all = plain(all)
	}
	for _, a := range all {
		if len(a) < 4 || strings.ToUpper(a) == a || strings.IndexFunc(a, foreign) >= 0 || strings.Count(a, " ") > 3 {
			continue
		}
		if c := m.codes[s.country]; c != nil && gazetteer.Fold(a) == gazetteer.Fold(c.Name) {
			continue
		}
		out = append(out, a)
	}
	return out
}

// plain keeps plain ASCII.
func plain(all []string) (out []string) {
	for _, a := range all {
		if strings.IndexFunc(a, func(r rune) bool { return r > 0x7f }) < 0 {
			out = append(out, a)
		}
	}
	return out
}

// foreign says whether a letter is not of the Latin script as western languages use it.
func foreign(r rune) bool {
	return r > 0x17f || r == ',' || '0' <= r && r <= '9' || r == '(' || r == '/'
}

// postOffices reads GeoNames' postal codes of the United States: state, code, name
// (3), region, its code (5), county, its code (7), …, latitude (10), longitude. Places
// that the towns lack come in; they are mostly under 500 people.
func (m *worldMap) postOffices(path string) error {
	return lines(path, 11, func(f []string) error {
		s := &spot{country: f[0], region: f[0] + "." + f[4], county: f[0] + "." + f[4] + "." + f[6], placed: true}
		if f[4] == "" || m.codes[s.region] == nil || strings.HasPrefix(f[2], "FPO ") || strings.HasPrefix(f[2], "APO ") {
			return nil // military post
		}
		var err1, err2 error
		s.Lat, err1 = strconv.ParseFloat(f[9], 64)
		s.Lon, err2 = strconv.ParseFloat(f[10], 64)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("latitude %q, longitude %q: want numbers", f[9], f[10])
		}
		s.Kind, s.Name = gazetteer.City, f[2]
		for _, other := range m.names[s.region+"\t"+gazetteer.Fold(s.Name)] {
			if other.county == s.county || apart(other.Lat, other.Lon, s.Lat, s.Lon) < 30 {
				return nil
			}
		}
		m.add(s, "")
		m.named(s)
		return nil
	})
}
