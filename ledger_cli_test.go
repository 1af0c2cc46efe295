package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serve FOLDER serves the files of a folder; $URL is where.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serve FOLDER")
	}
	dir := ts.MkAbs(args[0])
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".xml") {
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Write([]byte(strings.ReplaceAll(ts.ReadFile(dir+r.URL.Path), "$URL", s.URL)))
			return
		}
		http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
	}))
	ts.Defer(s.Close)
	ts.Setenv("URL", s.URL)
}

// pick VAR FIELD PATTERN sets a variable to a field of the first line of JSON in stdout that
// matches.
func pick(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: pick VAR FIELD PATTERN")
	}
	pattern := regexp.MustCompile(args[2])
	out := ts.ReadFile("stdout")
	for line := range strings.Lines(out) {
		var row map[string]any
		if !pattern.MatchString(line) || json.Unmarshal([]byte(line), &row) != nil {
			continue
		}
		value, ok := row[args[1]].(string)
		if !ok {
			ts.Fatalf("no string %q in %s", args[1], line)
		}
		ts.Setenv(args[0], value)
		return
	}
	ts.Fatalf("no line matches %s in\n%s", args[2], out)
}
