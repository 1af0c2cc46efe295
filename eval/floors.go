package eval

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

//go:embed floors.json
var floorsFile []byte

// Floor is the least that a figure may be. A floor is raised in the commit that makes
// it safe to, and lowered only with a reason.
type Floor struct {
	Task   string  `json:"task"`
	Corpus string  `json:"corpus"`
	Part   string  `json:"part"`
	Metric string  `json:"metric"`
	Floor  float64 `json:"floor"`
	Fast   float64 `json:"fast,omitempty"` // of the fast reader; 0: none
}

// key names the figure, as that of its row does.
func (f Floor) key() string {
	return Row{Task: f.Task, Corpus: f.Corpus, Part: f.Part, Metric: f.Metric}.key()
}

// Floors returns the floors of eval/floors.json. It panics if the file is broken.
func Floors() []Floor {
	var floors []Floor
	if err := json.Unmarshal(floorsFile, &floors); err != nil {
		panic("eval/floors.json: " + err.Error())
	}
	return floors
}

// ErrFloor is what CheckFloors returns when a figure is under its floor.
var ErrFloor = errors.New("under the floor")

// CheckFloors writes every floor with its figure, then those of the fast reader. A floor whose figure was not
// measured is said to be so and is no error. The error is ErrFloor with the names of
// the figures under theirs.
func CheckFloors(w io.Writer, rows []Row, floors []Floor) error {
	const fast = ", --fast"
	values := map[string]float64{}
	for _, r := range rows {
		values[r.key()] = r.Value
		if r.Fast != nil {
			values[r.key()+fast] = *r.Fast
		}
	}
	var under []string
	check := func(key string, floor float64) error {
		value, ok := values[key]
		verdict, figure := "ok", fmt.Sprintf("%.2f", value)
		switch {
		case !ok:
			verdict, figure = "not measured", "-"
		case value < floor:
			verdict = "UNDER"
			under = append(under, key)
		}
		_, err := fmt.Fprintf(w, "%s%8s  floor %5.1f  %s\n", pad(key, 40), figure, floor, verdict)
		return err
	}
	for _, f := range floors {
		if err := check(f.key(), f.Floor); err != nil {
			return err
		}
	}
	for _, f := range floors {
		if f.Fast == 0 {
			continue
		}
		if err := check(f.key()+fast, f.Fast); err != nil {
			return err
		}
	}
	if len(under) > 0 {
		return fmt.Errorf("%w: %s", ErrFloor, strings.Join(under, "; "))
	}
	return nil
}
