package doc

// Vectors hold for each token what a reader knows of it in its place: Dim numbers,
// each an int8 times the token's scale.
type Vectors struct {
	Dim   int
	Data  []int8 // Dim a token
	Scale []float32
}

// Resize makes room for the vectors of n tokens, in the room there is if it is enough;
// what they hold is to be written.
func (v *Vectors) Resize(n, dim int) {
	if cap(v.Data) < n*dim || cap(v.Scale) < n {
		v.Data, v.Scale = make([]int8, n*dim), make([]float32, n)
	}
	v.Dim, v.Data, v.Scale = dim, v.Data[:n*dim], v.Scale[:n]
}

// Row returns the numbers of token i.
func (v *Vectors) Row(i int) []int8 { return v.Data[i*v.Dim : (i+1)*v.Dim] }
