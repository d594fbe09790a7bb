package indicator

import "strings"

// hash reads a digest in hex, told by its length.
func (s *scanner) hash(i, e int) int {
	b := s.view.b
	var seen uint32
	letters := false
	for k := i; k < e; k++ {
		d := unhex(b[k])
		if d < 0 {
			return 0
		}
		seen |= 1 << d
		letters = letters || d >= 10
	}
	distinct := 0
	for ; seen != 0; seen &= seen - 1 {
		distinct++
	}
	var t Type
	switch e - i {
	case 32:
		t = MD5
	case 40:
		t = SHA1
	case 56:
		t = SHA224
	case 64:
		t = SHA256
	case 96:
		t = SHA384
	default:
		t = SHA512
	}
	held := NotHeld
	if !letters || distinct < 5 {
		held = HeldPattern
	}
	s.emit(t, lower(b[i:e]), i, e, 0, held)
	return e
}

// lower copies text in lower case, ASCII letters only.
func lower(text string) string {
	for i := 0; i < len(text); i++ {
		if classes[text[i]]&cUpper != 0 {
			buf := []byte(text)
			for ; i < len(buf); i++ {
				if classes[buf[i]]&cUpper != 0 {
					buf[i] |= 0x20
				}
			}
			return string(buf)
		}
	}
	return strings.Clone(text)
}
