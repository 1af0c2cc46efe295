package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Row is one figure. All but N are percent, rounded to two decimals.
type Row struct {
	Task   string `json:"task"`
	Corpus string `json:"corpus"` // name of its folder
	Part   string `json:"part"`   // "dev", or "dev/news" for a genre of it
	Metric string `json:"metric"`
	N      int    `json:"n"` // gold items; for a share, predictions
	// P, R and F1 are nil for a share and for what measures scores. On gold words they all are the accuracy.
	P     *float64 `json:"p"`
	R     *float64 `json:"r"`
	F1    *float64 `json:"f1"`
	Value float64  `json:"value"` // the figure: F1, accuracy, share or error
	Low   float64  `json:"low"`   // of the 95 % interval of Value
	High  float64  `json:"high"`
	// Score is the mean score of the statements of a reliability row; else nil.
	Score *float64 `json:"score,omitempty"`
	// Baseline is the Value of the trivial reading, nil where none is worked out.
	Baseline *float64 `json:"baseline,omitempty"`
	// Fast is the Value of the fast reader, nil where it was not measured.
	Fast *float64 `json:"fast,omitempty"`
	// Before is the Value last written that was another one; WriteResults fills it.
	Before *float64 `json:"before,omitempty"`
}

// key names what a row measures.
func (r Row) key() string { return r.Task + " " + r.Corpus + " " + r.Part + " " + r.Metric }

// WriteJSON writes one row a line.
func WriteJSON(w io.Writer, rows []Row) error {
	enc := json.NewEncoder(w)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("write rows: %w", err)
		}
	}
	return nil
}

// WriteTable writes rows for a person: a heading for each task, corpus and part, and
// a line for each figure, 79 columns wide; what measures scores has its own heading.
func WriteTable(w io.Writer, rows []Row) error {
	var b strings.Builder
	head := ""
	for _, r := range rows {
		h, columns := r.Task+" on "+r.Corpus+", "+r.Part, [3]string{"P", "R", "F1"}
		if ofScores(r.Metric) {
			h, columns = "scores, "+r.Part, [3]string{"score", "", "value"}
		}
		if h != head {
			if head != "" {
				b.WriteString("\n")
			}
			head = h
			fmt.Fprintf(&b, "%s%6s%6s%6s%6s%14s%8s%9s\n", pad(h, 24), "n", columns[0], columns[1], columns[2], "95 %", "--fast", "baseline")
		}
		value, p := num(r.F1), num(r.P)
		if r.F1 == nil {
			value, p = num(&r.Value), num(r.Score)
		}
		fmt.Fprintf(&b, "  %s%6d%6s%6s%6s%14s%8s%9s\n", pad(r.Metric, 22), r.N, p, num(r.R), value,
			num(&r.Low)+" - "+num(&r.High), num(r.Fast), num(r.Baseline))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pad adds blanks up to a width.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// num writes a figure with one decimal, and nothing for none.
func num(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', 1, 64)
}
