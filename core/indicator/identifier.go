package indicator

// identifier reads an id without dots: CVE-2021-44228.
func (s *scanner) identifier(i, e int) int {
	b := s.view.b
	if e-i >= 13 && foldAny(b[i:i+4], "cve-") {
		if _, to := number(b, i+4, 4); to == i+8 && to < e && b[to] == '-' {
			if _, end := number(b, to+1, 7); end >= to+5 && !(end < e) {
				buf := []byte("CVE-")
				s.emit(CVE, string(append(buf, b[i+4:end]...)), i, end, 0, NotHeld)
				return end
			}
		}
	}
	return 0
}
