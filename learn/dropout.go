package learn

import "math/rand/v2"

// Thin removes each feature with the given probability, in place, and returns the
// rest. Training on thinned features (dropout) keeps rare ones from learning single
// examples by heart, since the common ones must do without them and the other way
// round.
func Thin(features []uint64, share float32, rng *rand.Rand) []uint64 {
	n := 0
	for _, f := range features {
		if rng.Float32() >= share {
			features[n] = f
			n++
		}
	}
	return features[:n]
}
