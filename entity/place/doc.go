// Package place finds names of places on the map.
//
// In go an article and the names that a tagger found in it, out come its places: which
// one each name means, of all of that name, with its point, its state and its id in
// GeoNames. A name that acts is no place: "Beijing denied" is a government, "in Beijing"
// is on the map. Neither is an adjective ("Russian gas") or what stands inside the name
// of a body.
//
// Every name is looked up in the gazetteer, if need be without the words around it
// ("northern", "city of", "County"). What the text says outright decides: "Paris, Texas",
// "Cairo, Ga.". Else each option starts from how large and how often in the news such
// places are, and then the names of the article are heard for one another, three times
// over: options that lie near, in one county, in one region or inside each other win. A
// local paper names ten villages of one county, so the county is found though none of
// them is the largest of its name. Datelines are heard twice as loud, and the outlet's
// name and address like one more name. A name means one place in an article, unless the
// text says otherwise.
//
//	place.Annotate(d) // after the names and the trees
//	for _, p := range d.Places {
//		fmt.Println(d.Slice(p.Span), p.Name, p.Country, p.Lat, p.Lon)
//	}
//
// What it gets wrong: an article that names one small town and nothing near it gives
// the largest of that name; whether a state that is neither subject nor object acts
// ("talks with Iran") is not asked; streets, parks and buildings stay unresolved. On gold
// spans of LGL's dev part 90.0 % lie within 161 km (largest population 59.2 %, a perfect
// choice from this gazetteer 95.6 %), on GeoVirus 84.7 % of 86.0 %. LGL counts adjectives as
// places, 6 % of its names; Resolve finds them too, Annotate leaves them out.
//
// Toponym resolution after Leidner (2007), spatial minimality and one referent per
// discourse; the measure and LGL are those of Lieberman, Samet and Sankaranarayanan
// (ICDE 2010).
package place
