// Command tanhfit computes the constants of kernel.Tanh: x*P(x²)/Q(x²) with the least largest relative error on
// [0, limit], by Lawson's reweighted least squares on the linearised problem P·x − tanh(x)·Q = 0.
//
//	go run ./tanhfit -p 4 -q 4 -limit 7.6
package main

import (
	"flag"
	"fmt"
	"math"
)

func main() {
	m := flag.Int("p", 4, "degree of P in x²")
	n := flag.Int("q", 4, "degree of Q in x²")
	limit := flag.Float64("limit", 7.6, "where x is clamped")
	flag.Parse()
	worst, p, q := fit(*limit, *m, *n)
	fmt.Printf("largest relative error %.3g\nP %v\nQ %v\n", worst, p, q)
}

// fit returns the largest relative error and the coefficients, lowest power first, of the best of 400 rounds.
func fit(limit float64, m, n int) (worst float64, p, q []float64) {
	const points = 3000
	worst = 1
	x, z, t := make([]float64, points), make([]float64, points), make([]float64, points)
	w, scale := make([]float64, points), make([]float64, points)
	for k := range x {
		x[k] = max(1e-3, limit/2*(1-math.Cos(math.Pi*(float64(k)+0.5)/points)))
		z[k] = x[k] * x[k] / (limit * limit)
		t[k] = math.Tanh(x[k])
		w[k], scale[k] = 1, 1
	}
	for range 400 {
		rows := make([][]float64, points)
		for k := range rows {
			row := make([]float64, 0, m+n+2)
			g := math.Sqrt(w[k]) / scale[k]
			for i := range m + 1 {
				row = append(row, g*x[k]/t[k]*math.Pow(z[k], float64(i)))
			}
			for i := range n {
				row = append(row, -g*math.Pow(z[k], float64(i+1)))
			}
			rows[k] = append(row, g)
		}
		s := solve(rows, m+n+1)
		P, Q := s[:m+1], append([]float64{1}, s[m+1:]...)
		errs, top := make([]float64, points), 0.0
		for k := range x {
			den := poly(Q, z[k])
			scale[k] = math.Abs(den)
			errs[k] = math.Abs(x[k]*poly(P, z[k])/den/t[k] - 1)
			top = max(top, errs[k])
		}
		if top < worst {
			worst = top
			p, q = append([]float64{}, P...), append([]float64{}, Q...)
			for i := range p {
				p[i] /= math.Pow(limit, float64(2*i))
			}
			for i := range q {
				q[i] /= math.Pow(limit, float64(2*i))
			}
		}
		sum := 0.0
		for k := range w {
			w[k] *= math.Pow(errs[k]/top+1e-3, 0.7)
			sum += w[k]
		}
		for k := range w {
			w[k] *= points / sum
		}
	}
	return worst, p, q
}

func poly(c []float64, z float64) float64 {
	v := 0.0
	for i := len(c) - 1; i >= 0; i-- {
		v = v*z + c[i]
	}
	return v
}

// solve finds the least-squares solution by Householder reflections; the last column of each row is the right side.
func solve(a [][]float64, n int) []float64 {
	for j := range n {
		norm := 0.0
		for i := j; i < len(a); i++ {
			norm += a[i][j] * a[i][j]
		}
		norm = -math.Copysign(math.Sqrt(norm), a[j][j])
		v := make([]float64, len(a))
		for i := j; i < len(a); i++ {
			v[i] = a[i][j]
		}
		v[j] -= norm
		vv := 0.0
		for _, e := range v[j:] {
			vv += e * e
		}
		for c := j; c <= n; c++ {
			d := 0.0
			for i := j; i < len(a); i++ {
				d += v[i] * a[i][c]
			}
			d *= 2 / vv
			for i := j; i < len(a); i++ {
				a[i][c] -= d * v[i]
			}
		}
	}
	s := make([]float64, n)
	for j := n - 1; j >= 0; j-- {
		s[j] = a[j][n]
		for c := j + 1; c < n; c++ {
			s[j] -= a[j][c] * s[c]
		}
		s[j] /= a[j][j]
	}
	return s
}
