package main

import (
	"hearsay/doc"
	"hearsay/read"
)

type whoCmd struct {
	articles `embed:""`
}

func (whoCmd) Help() string {
	return `The cast of an article: each source with its kind, office, state or body, how many they are, how an unnamed one knows and on what terms it speaks, to whom it spoke, and the first words of what it said behind the numbers that hearsay read gives to the statements. Who speaks most comes first. Statements belong to one source where the text makes that plain; two officials without a name stay two, whoever they may be. "in 3" behind a cue says that statement 3 tells it, so that its words are at second hand.

--format jsonl prints an object for each article with the array "cast"; its ids are those of the reading.

Examples:
  hearsay who story.txt
  hearsay who --date 2026-03-15 --min-score 0.7 story.html
  hearsay who --format json story.txt
  hearsay who --jobs 2 articles/ > casts.jsonl`
}

// Run reads the articles and prints their casts in the order given.
func (c *whoCmd) Run(e *env) error {
	if c.Format == "plover" {
		return usageError("--format plover is for hearsay read: who prints no events")
	}
	return c.run(e, c.lay)
}

// lay returns a cast in the format asked for.
func (c *whoCmd) lay(d *doc.Doc) ([]byte, error) {
	if c.Format == "text" {
		return c.text(d, read.CastText)
	}
	return c.json(read.CastJSON(d, c.MinScore))
}
