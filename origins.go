package main

import (
	"fmt"
	"io"

	"hearsay/read"
)

type originsCmd struct {
	viewFlag `embed:""`
	ID       string `arg:"" name:"claim" help:"Id of a claim, or of an article and a statement (a0123456789abcdef.s7)."`
	Format   string `short:"f" enum:"auto,text,json,jsonl,svg" default:"auto" help:"text, json, jsonl or svg (a picture). Unless given: text on a terminal, else jsonl."`
}

func (originsCmd) Help() string {
	return `From how many independent origins a claim has come: which telling copies, credits or cites which, whose utterance it was, who denies it, where reports go round in a circle, and where one is surer than what it rests on. Nothing counts as independent that is not shown to be.

Examples:
  hearsay origins c0123456789abcdef.s7
  hearsay origins --format svg c0123456789abcdef.s7 > origins.svg
  hearsay origins --as-known-on 2022-03-15 c0123456789abcdef.s7`
}

// Run prints where a claim comes from.
func (c *originsCmd) Run(e *env) error {
	if _, err := claimID(c.ID); err != nil {
		return err
	}
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	k, err := openKB(e)
	if err != nil {
		return err
	}
	_, g, err := traced(e, v, k, c.ID)
	if err != nil {
		return err
	}
	switch format := c.Format; {
	case format == "svg":
		_, err = io.WriteString(e.out, g.SVG())
	case format == "text" || format == "auto" && isTerminal(e.out):
		err = printLines(e.out, g.Tree())
	default:
		err = printGraph(e, g, format == "json")
	}
	return err
}

// printLines writes lines of which each may hold anything.
func printLines(w io.Writer, text string) error {
	for line := range lineSeq(text) {
		if _, err := fmt.Fprintln(w, read.Printable(line)); err != nil {
			return err
		}
	}
	return nil
}
