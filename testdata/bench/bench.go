// Package bench makes the texts that the engine's speed is measured on: prose, lists
// of indicators, markup, logs, minified code, and shapes that make extractors slow.
// Equal arguments give equal texts, on every machine.
package bench

import (
	"strconv"
	"strings"
)

// Shape is a kind of text.
type Shape struct {
	Name string
	line func(*maker)
}

// Shapes are the kinds of text, from the calmest to the densest.
func Shapes() []Shape {
	return []Shape{
		{"prose", prose},
		{"html", markup},
		{"minified", minified},
		{"log", logLine},
		{"dense", dense},
		{"defanged", defanged},
	}
}

// Text returns about size bytes of the shape, whole lines.
func (s Shape) Text(size int) string {
	m := &maker{state: 0x5eed}
	m.b.Grow(size + 1024)
	for m.b.Len() < size {
		s.line(m)
	}
	return m.b.String()
}

// maker writes text that looks random and is not.
type maker struct {
	b     strings.Builder
	state uint64
}

// n is a number below limit (xorshift64*; any fixed generator would do).
func (m *maker) n(limit int) int {
	m.state ^= m.state >> 12
	m.state ^= m.state << 25
	m.state ^= m.state >> 27
	return int(m.state * 0x2545f4914f6cdd1d >> 33 % uint64(limit))
}

func (m *maker) of(list []string) string { return list[m.n(len(list))] }

func (m *maker) write(parts ...string) {
	for _, part := range parts {
		m.b.WriteString(part)
	}
}

func (m *maker) hex(n int) string {
	const digits = "0123456789abcdef"
	out := make([]byte, n)
	for i := range out {
		out[i] = digits[m.n(16)]
	}
	return string(out)
}

// address is one that nobody acts on: of the ranges for documentation.
func (m *maker) address(dot string) string {
	return m.of([]string{"192" + dot + "0" + dot + "2", "198" + dot + "51" + dot + "100", "203" + dot + "0" + dot + "113"}) + dot + strconv.Itoa(m.n(256))
}

func (m *maker) domain(dot string) string {
	return m.of(words) + "-" + m.of(words) + strconv.Itoa(m.n(100)) + dot + m.of([]string{"example", "sample"}) + dot + m.of([]string{"com", "net", "org", "top", "io"})
}
