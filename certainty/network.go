package certainty

type network struct{}
