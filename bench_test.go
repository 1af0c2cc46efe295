package main

import (
	"strings"
	"testing"
)

// TestFigures prints figures of two readers; testdata/script/commands.txtar measures some.
func TestFigures(t *testing.T) {
	f := figures{Machine: "a machine", Articles: 2, From: "raw", Words: 986, BinaryMB: 71.64, Readers: []speed{
		{Reader: "default", OneJob: []pace{{"plain", 2100.4}, {"avx2", 9000}}, TwoJobs: 17100, Ratio: 1.9, PeakMB: 120.2, StartMS: 260.7},
		{Reader: "--fast", OneJob: []pace{{"plain", 18000}}, TwoJobs: 36000, Ratio: 2, StartMS: 310},
	}}
	for _, test := range []struct {
		json bool
		want []string
	}{
		{false, []string{`machine         a machine
articles        2 (raw), 986 words, text in to JSON out
binary          71.6 MB

default
one job         2100 words/s on one core, plain
one job         9000 words/s on one core, avx2
two jobs        17100 words/s, 1.90 times one
peak memory     120 MB
first reading   261 ms after process start

--fast
one job         18000 words/s on one core, plain
two jobs        36000 words/s, 2.00 times one
peak memory     not known on `, `
first reading   310 ms after process start
`}},
		{true, []string{`{"machine":"a machine","articles":2,"from":"raw","words":986,"binary_mb":71.64,"readers":[` +
			`{"reader":"default","one_job":[{"instructions":"plain","words_per_second":2100.4},{"instructions":"avx2","words_per_second":9000}],` +
			`"words_per_second_two_jobs":17100,"ratio":1.9,"peak_mb":120.2,"first_reading_ms":260.7},` +
			`{"reader":"--fast",`}},
	} {
		var b strings.Builder
		if err := f.write(&b, test.json); err != nil {
			t.Fatal(err)
		}
		for _, want := range test.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("got\n%s\nwithout\n%s", b.String(), want)
			}
		}
	}
}
