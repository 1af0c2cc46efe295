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

// CheckFloors writes every floor with its figure. A floor whose figure was not
// measured is said to be so and is no error. The error is ErrFloor with the names of
// the figures under theirs.
func CheckFloors(w io.Writer, rows []Row, floors []Floor) error {
	values := map[string]float64{}
	for _, r := range rows {
		values[r.key()] = r.Value
	}
	var under []string
	for _, f := range floors {
		key := Row{Task: f.Task, Corpus: f.Corpus, Part: f.Part, Metric: f.Metric}.key()
		value, ok := values[key]
		verdict, figure := "ok", fmt.Sprintf("%.2f", value)
		switch {
		case !ok:
			verdict, figure = "not measured", "-"
		case value < f.Floor:
			verdict = "UNDER"
			under = append(under, key)
		}
		if _, err := fmt.Fprintf(w, "%s%8s  floor %5.1f  %s\n", pad(key, 40), figure, f.Floor, verdict); err != nil {
			return err
		}
	}
	if len(under) > 0 {
		return fmt.Errorf("%w: %s", ErrFloor, strings.Join(under, "; "))
	}
	return nil
}
