package kb

// OfficesBefore returns the offices that a person had held and left by a day, in the
// order of the tables. The person is named in full, as the tables have it.
func (k *KB) OfficesBefore(person string, on Day) (out []Holder) {
	for _, h := range k.terms(person) {
		if h.Term.Last != 0 && h.Term.Last < on {
			out = append(out, h)
		}
	}
	return out
}
