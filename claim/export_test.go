package claim

// Features returns the features of a pair, for the fit.
func Features(a, b *Gist) []float64 {
	f := compare(a, b)
	return f[:]
}

// FittedFeatures is how many of them, the first, are fitted.
const FittedFeatures = denies

// Weights are those that the program has.
var Weights = weights[:]

// Update is the flag that writes testdata anew.
var Update = update
