// Package gazetteer knows where places lie and what they are called.
//
// In goes a name, out come the places that it may stand for: towns of five hundred
// people and more all over the world, the smaller ones of the United States that have a
// post office, states, their first and second divisions, and the rivers, seas,
// mountains, islands and regions that the news speaks of. Each has a point, the state,
// region and county that it lies in, a population and, where known, the id that
// GeoNames has for it. Which of several is meant is for others to say.
//
//	g := gazetteer.Shipped()
//	for _, c := range g.Find(nil, "Springfield") {
//		p := g.Place(c.ID)
//		fmt.Println(p.Name, g.Name(p.Region), p.Lat, p.Lon)
//	}
//
// The tables lie in places.bin, which ships in the program (4.5 MB) and is unpacked when
// somebody first asks, in some 21 ms of processor time and into 14 MB. Names are found by binary
// search in front-coded blocks; no map of places is ever made. The program in build/
// makes the file from public tables and from those of this folder that people wrote:
// countries.tsv, regions.tsv, nicknames.tsv and features.tsv. abbreviations.tsv ("Ill.")
// and adjectives.tsv ("Russian") are read as they are.
//
// What it gets wrong: counties of the United States stand in the middle of their outline,
// other divisions in the middle of their towns, rivers at their mouths, so a large state may be
// some hundred kilometres off what others take for its point; streets, buildings, parks
// and most small rivers are missing; second divisions and features have no id. On the
// dev part of LGL 95.6 % of names have some place within 161 km of the gold, on GeoVirus 86.0 %
// (the rest there is for the most part another idea of the middle of a large state).
//
// The tables come from GeoNames (https://www.geonames.org, CC BY 4.0) and the US Census
// Bureau's cartographic boundaries (public domain).
package gazetteer
