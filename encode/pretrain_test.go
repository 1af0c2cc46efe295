package encode

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/learn"
)

// TestText adds articles and looks at what Pretrain will see of them.
func TestText(t *testing.T) {
	small(t)
	x := NewText()
	x.Add(article("The cat saw the dog .\nIt ran .\n\nthe end"))
	x.Add(article("THE dog"))
	if got, want := x.Words(), 16; got != want { // thirteen words and three marks of blocks
		t.Errorf("%d words, want %d", got, want)
	}
	v, counts := x.vocab()
	// "the" in three spellings; everything else is met less than minCount times.
	if want := []string{"the"}; !slices.Equal(v.words, want) {
		t.Errorf("words %q, want %q", v.words, want)
	}
	if want := []int{3, 0, 4}; !slices.Equal(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
}

// TestChunks: chunks hold all words in order, cross no article, and end at blocks where they can.
func TestChunks(t *testing.T) {
	small(t)
	x := text(invented(1, 12, 30))
	x.Add(article(""))
	x.Add(article(strings.Repeat("word ", 55))) // one block: nowhere to cut
	at, end := 0, 0
	whole := 0
	for _, chunk := range x.chunks() {
		for x.ends[end] <= at {
			end++
		}
		if len(chunk) == 0 || len(chunk) > chunkSize || at+len(chunk) > x.ends[end] {
			t.Fatalf("a chunk of %d words at %d, the article ends at %d", len(chunk), at, x.ends[end])
		}
		if !slices.Equal(chunk, x.words[at:at+len(chunk)]) {
			t.Fatalf("the chunk at %d holds other words", at)
		}
		if at += len(chunk); len(chunk) <= chunkSize/2 && at < x.ends[end] {
			t.Fatalf("a chunk of %d words, and the article goes on", len(chunk))
		}
		switch {
		case at == x.ends[end] || x.words[at] == paragraph:
			whole++
		case slices.Contains(chunk[chunkSize/2+1:], paragraph):
			t.Fatalf("the chunk at %d could end at a block", at-len(chunk))
		}
	}
	if at != len(x.words) {
		t.Errorf("chunks end at %d of %d words", at, len(x.words))
	}
	if whole == 0 {
		t.Error("no chunk ends at a block")
	}
}

// learnt runs Pretrain on some 150 invented sentences for some epochs of about six steps each. It returns the file and
// what was reported: one line for each step.
func learnt(t *testing.T, epochs int, seed uint64, checkpoint string, every int) (file []byte, notes []string) {
	t.Helper()
	o := PretrainOptions{Checkpoint: checkpoint, Every: every}
	o.Seed, o.Epochs = seed, epochs
	o.Progress = func(done, total float64, note string) { notes = append(notes, note) }
	file, err := Pretrain(text(invented(1, 8, 18)), o)
	if err != nil {
		t.Fatal(err)
	}
	return file, notes
}

// TestPretrain trains for some steps: the loss falls, the same seed gives the same bytes and another one others, and a
// run that is taken up from a checkpoint ends as if it had not stopped.
func TestPretrain(t *testing.T) {
	small(t)
	kept := filepath.Join(t.TempDir(), "checkpoint")
	const epochs, every = 3, 6
	first, notes := learnt(t, epochs, 1, kept, every)
	var losses []float64
	after := 0 // notes up to the last checkpoint
	for i, note := range notes {
		var step int
		var loss float64
		if _, err := fmt.Sscanf(note, "step %d, loss %f a word", &step, &loss); err != nil {
			t.Fatalf("%q: %v", note, err)
		}
		losses = append(losses, loss)
		if step%every == 0 {
			after = i + 1
		}
	}
	if after == 0 || after == len(notes) {
		t.Fatalf("%d of %d steps before the checkpoint: the test needs some after it", after, len(notes))
	}
	// Before anything is learnt all words are alike, and sampling meets each of so few.
	v, _ := text(invented(1, 8, 18)).vocab()
	if start, want := losses[0], math.Log(float64(1+len(v.words))); math.Abs(start-want) > 0.1 {
		t.Errorf("the first loss is %.3f, want about %.3f", start, want)
	}
	// The last step has fewer words, and a loss that is less for it.
	t.Logf("losses %.3f", losses)
	if last := losses[len(losses)-2]; last > losses[0]-0.02 {
		t.Errorf("the loss is %.3f at first and %.3f in the end", losses[0], last)
	}

	// The checkpoint lies some steps back, as after a power cut. What follows is as it was.
	again, rest := learnt(t, epochs, 1, kept, 0)
	if !slices.Equal(rest, notes[after:]) {
		t.Errorf("went on with\n%s\nwant\n%s", strings.Join(rest, "\n"), strings.Join(notes[after:], "\n"))
	}
	if !bytes.Equal(again, first) {
		t.Error("taken up from a checkpoint it ends with other bytes")
	}
	one, _ := learnt(t, 1, 1, "", 0)
	if same, _ := learnt(t, 1, 1, "", 0); !bytes.Equal(one, same) {
		t.Error("the same seed gives other bytes")
	}
	if other, _ := learnt(t, 1, 2, "", 0); bytes.Equal(one, other) {
		t.Error("another seed gives the same bytes")
	}

	_, err := Pretrain(text(invented(1, 8, 18)), PretrainOptions{Options: learn.Options{Seed: 2, Epochs: epochs}, Checkpoint: kept})
	if err == nil || !strings.Contains(err.Error(), "another run (words, seed 1") {
		t.Errorf("a checkpoint of another seed gives the error %v", err)
	}
	raw, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2]++
	if err := os.WriteFile(kept, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Pretrain(text(invented(1, 8, 18)), PretrainOptions{Checkpoint: kept})
	if err == nil || !strings.Contains(err.Error(), kept) {
		t.Errorf("a damaged checkpoint gives the error %v", err)
	}
}

func TestPretrainTooLittle(t *testing.T) {
	if _, err := Pretrain(text(invented(1, 2, 10)), PretrainOptions{Options: learn.Options{Epochs: 1}}); err == nil {
		t.Error("ten sentences are enough")
	}
}
