package learn

// Options are what every Train takes.
type Options struct {
	Seed   uint64
	Epochs int // 0: the stage's own default
	// Progress, if set, is told how far training is (done of total, in units of
	// the stage's choosing) with a short note such as the loss of the last epoch.
	Progress func(done, total float64, note string)
}

// Report calls Progress if it is set.
func (o Options) Report(done, total float64, note string) {
	if o.Progress != nil {
		o.Progress(done, total, note)
	}
}
