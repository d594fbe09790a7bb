package indicator

import "unsafe"

// Values are kept in chunks: one allocation serves many finds. Chunks grow from what a
// line of text needs to valuesMax; a caller that keeps one find keeps its chunk.
const (
	valuesMin = 64
	valuesMax = 4096
)

// room makes room for n more bytes of values.
func (s *scanner) room(n int) {
	if cap(s.values)-len(s.values) < n {
		s.nextChunk(n)
	}
}

//go:noinline
func (s *scanner) nextChunk(n int) {
	s.chunk = min(max(2*s.chunk, valuesMin), valuesMax)
	s.values = make([]byte, 0, max(s.chunk, n))
}

// since is the value that was put behind the first n bytes of the chunk.
func (s *scanner) since(n int) string {
	return unsafe.String(unsafe.SliceData(s.values[n:]), len(s.values)-n)
}

// keep copies a value.
func (s *scanner) keep(value string) string {
	s.room(len(value))
	n := len(s.values)
	s.values = textInto(s.values, value)
	return s.since(n)
}

// keepBehind copies a value of two parts.
func (s *scanner) keepBehind(prefix, rest string) string {
	s.room(len(prefix) + len(rest))
	n := len(s.values)
	s.values = textInto(textInto(s.values, prefix), rest)
	return s.since(n)
}

// keepLower copies a value in lower case, ASCII letters only.
func (s *scanner) keepLower(value string) string {
	s.room(len(value))
	n := len(s.values)
	s.values = lowerInto(s.values, value)
	return s.since(n)
}

// keepUpper copies a value in capitals, ASCII letters only.
func (s *scanner) keepUpper(value string) string {
	s.room(len(value))
	n := len(s.values)
	s.values = textInto(s.values, value)
	for i, c := range s.values[n:] {
		if k := classes[c]; k&cLetter != 0 {
			s.values[n+i] = c &^ 0x20
		}
	}
	return s.since(n)
}

// grown makes dst longer by n bytes, whose values are left open.
func grown(dst []byte, n int) []byte {
	if cap(dst)-len(dst) < n {
		dst = moved(dst, n)
	}
	return dst[:len(dst)+n]
}

//go:noinline
func moved(dst []byte, n int) []byte { return append(dst, make([]byte, n)...)[:len(dst)] }

// textInto appends text. For some bytes a loop is faster than a copy by call, in wasm by far.
func textInto(dst []byte, text string) []byte {
	n := len(dst)
	dst = grown(dst, len(text))
	to := dst[n:]
	if len(to) < 8 {
		for i := range to {
			to[i] = text[i]
		}
		return dst
	}
	for i := 0; i+8 < len(to); i += 8 {
		store8(to, i, load8(text, i))
	}
	store8(to, len(to)-8, load8(text, len(to)-8))
	return dst
}

// lowerInto appends text in lower case, ASCII letters only.
func lowerInto(dst []byte, text string) []byte {
	n := len(dst)
	dst = grown(dst, len(text))
	to := dst[n:]
	if len(to) < 8 {
		for i := range to {
			c := text[i]
			if classes[c]&cUpper != 0 {
				c |= 0x20
			}
			to[i] = c
		}
		return dst
	}
	for i := 0; i+8 < len(to); i += 8 {
		store8(to, i, lower8(load8(text, i)))
	}
	store8(to, len(to)-8, lower8(load8(text, len(to)-8)))
	return dst
}
