package extract

import "testing"

func TestStampDay(t *testing.T) {
	for _, c := range []struct {
		name, value string
		order       numericOrder
		want        string
	}{
		{"ISO with zone", "2021-03-04T23:30:00-05:00", unknownOrder, "2021-03-04"},
		{"ISO, one figure", "2021-3-4", unknownOrder, "2021-03-04"},
		{"slashes", "2021/03/04 08:00", unknownOrder, "2021-03-04"},
		{"figures alone", "20210304", unknownOrder, "2021-03-04"},
		{"figures with time", "20210304T080000Z", unknownOrder, "2021-03-04"},
		{"seconds since 1970", "1614844800", unknownOrder, "2021-03-04"},
		{"milliseconds since 1970", "1614844800123", unknownOrder, "2021-03-04"},
		{"month first", "March 4th, 2021", unknownOrder, "2021-03-04"},
		{"month cut short", "Thu Mar. 04, 2021 at 8 a.m.", unknownOrder, "2021-03-04"},
		{"JavaScript", "Thu Mar 04 2021 08:00:00 GMT+0100", unknownOrder, "2021-03-04"},
		{"HTTP", "Thu, 04 Mar 2021 08:00:00 GMT", unknownOrder, "2021-03-04"},
		{"day first", "the 4th of March, 2021", unknownOrder, "2021-03-04"},
		{"with hyphens", "4-Mar-2021", unknownOrder, "2021-03-04"},
		{"numbers, British", "04/03/2021", dayFirst, "2021-03-04"},
		{"numbers, American", "04/03/2021", monthFirst, "2021-04-03"},
		{"numbers, order not told", "04/03/2021", unknownOrder, ""},
		{"numbers that tell", "23/03/2021", unknownOrder, "2021-03-23"},
		{"numbers that tell against the page", "03/23/2021", dayFirst, "2021-03-23"},
		{"points are day first", "4.3.2021", unknownOrder, "2021-03-04"},
		{"no such day", "2021-02-30", unknownOrder, ""},
		{"a year alone", "2021", unknownOrder, ""},
		{"a phone number", "0221-20210304", unknownOrder, ""},
		{"long ago", "4 March 1921", unknownOrder, ""},
		{"nothing", "", unknownOrder, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := stampDay(c.value, c.order); got != c.want {
				t.Errorf("%q: %q, want %q", c.value, got, c.want)
			}
		})
	}
}

func TestURLDay(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"https://orrindaily.example/news/2021/08/18/fishers.html", "2021-08-18"},
		{"https://orrindaily.example/2021/aug/18/fishers", "2021-08-18"},
		{"https://orrindaily.example/news/2021-08-18-fishers", "2021-08-18"},
		{"https://orrindaily.example/20210818/fishers", "2021-08-18"},
		{"https://orrindaily.example/2021/08/fishers", ""},
		{"https://orrindaily.example/story/20219987", ""},
		{"", ""},
	} {
		if got := urlDay(c.address); got != c.want {
			t.Errorf("%s: %q, want %q", c.address, got, c.want)
		}
	}
}
