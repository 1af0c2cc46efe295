package main

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected output in testdata/script anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hearsay": main})
}

// TestScript runs the command lines in testdata/script, each of which says in its
// first lines what it shows.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", must(os.Getwd())+"/testdata/sample.txt")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"write":  write,
			"lines":  lines,
			"status": status,
			"serve":  serve,
			"pick":   pick,
		},
	})
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

// write FILE TEXT [TIMES] writes a text, with Go's escapes in it, so many times over.
func write(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: write FILE TEXT [TIMES]")
	}
	text, err := unquote(args[1])
	ts.Check(err)
	if len(args) == 3 {
		text = strings.Repeat(text, number(ts, args[2]))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// lines FILE N checks how many lines a file, stdout or stderr has.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines FILE N")
	}
	if got, want := strings.Count(ts.ReadFile(args[0]), "\n"), number(ts, args[1]); got != want {
		ts.Fatalf("%s has %d lines, want %d", args[0], got, want)
	}
}

// status N COMMAND ... runs a command of this program and checks its exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N ARGUMENT ...")
	}
	var out, errs strings.Builder
	for i, a := range args[2:] {
		if strings.HasSuffix(a, ".txt") {
			args[i+2] = ts.MkAbs(a)
		}
	}
	if got, want := run(args[1:], strings.NewReader(""), &out, &errs), number(ts, args[0]); got != want {
		ts.Fatalf("exit status %d, want %d\n%s%s", got, want, out.String(), errs.String())
	}
}

func number(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}

func unquote(s string) (string, error) { return strconv.Unquote(`"` + s + `"`) }
