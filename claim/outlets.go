package claim

import (
	"strings"

	"hearsay/doc"
)

// agencies are outlets whose names do not end as those of outlets do, as they stand in
// datelines and credit lines.
var agencies = entriesOf(`AP|Associated Press|Reuters|Thomson Reuters|AFP|Agence France-Presse|UPI|United Press International|Xinhua|TASS|ITAR-TASS
	RIA Novosti|Interfax|Sputnik|Kyodo|Yonhap|DPA|ANSA|EFE|PTI|Press Trust of India|ANI|IANS|PA|Press Association|Anadolu|IRNA|KCNA|SANA|Bernama|Antara
	Canadian Press|Bloomberg|CNN|BBC|NBC|CBS|ABC|CNBC|MSNBC|NPR|PBS|Fox|Sky|ITV|RT|Al Jazeera|Al Arabiya|Politico|Axios|Bellingcat|Der Spiegel|Le Monde
	El Pais|Kommersant|Haaretz|BuzzFeed|Vox|Breitbart|ProPublica|Newsweek|Time|The Economist|The Hill|USA Today|AllAfrica`)

// endings are the last words of names of outlets.
var endings = entriesOf(`Times|Post|Journal|News|Wire|Herald|Tribune|Gazette|Guardian|Observer|Chronicle|Telegraph|Radio|Television|TV
	Broadcasting|Broadcaster|Courier|Examiner|Inquirer|Dispatch|Sentinel|Bee|Globe|Standard|Mirror|Daily|Weekly|Magazine|Newspaper|Reporter|Press|Newswire|Today|Insider`)

// platforms are where sources post, in small letters.
var platforms = entriesOf(`telegram|twitter|x|facebook|instagram|truth social|youtube|tiktok|whatsapp|wechat|weibo|vk|vkontakte|reddit|mastodon|threads|bluesky|linkedin|signal|parler|gab|substack`)

// entriesOf returns the set of entries between bars and line ends.
func entriesOf(list string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(list) {
		for _, w := range strings.Split(strings.TrimSpace(line), "|") {
			out[w] = true
		}
	}
	return out
}

// outletName says whether words name an outlet: "the Harbour Wire", "AP".
func outletName(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
	for _, the := range []string{"the ", "The "} {
		s = strings.TrimPrefix(s, the)
	}
	if agencies[s] {
		return true
	}
	f := strings.Fields(s)
	return len(f) > 1 && len(f) < 7 && endings[f[len(f)-1]] && s[0] >= 'A' && s[0] <= 'Z'
}

// outletEntity says whether an entity is an outlet: one of the knowledge base, or a body
// with an outlet's name.
func outletEntity(d *doc.Doc, i int) bool {
	if i < 0 || i >= len(d.Entities) {
		return false
	}
	e := &d.Entities[i]
	return strings.HasPrefix(e.Known, "outlet:") || e.Named && e.Type != doc.Person && outletName(e.Name)
}
