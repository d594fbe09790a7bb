// Package valid checks the syntax of JSON without package reflect, which
// encoding/json needs for the rest of what it does. It is written in the Go of
// easyjson's go.mod, 1.20.
package valid

// maxDepth is how deep arrays and objects may stand in each other, as in encoding/json.
const maxDepth = 10000

// Valid reports whether data is one JSON value, as encoding/json's Valid does. Like
// there, strings may hold bytes that are not UTF-8.
func Valid(data []byte) bool {
	c := checker{data: data}
	c.space()
	if !c.value(0) {
		return false
	}
	c.space()
	return c.at == len(data)
}

// checker reads data from at on. Its methods return false at what is no JSON.
type checker struct {
	data []byte
	at   int
}

// next returns the next byte, 0 at the end: no token begins with it.
func (c *checker) next() byte {
	if c.at < len(c.data) {
		return c.data[c.at]
	}
	return 0
}

func (c *checker) space() {
	for c.next() == ' ' || c.next() == '\t' || c.next() == '\n' || c.next() == '\r' {
		c.at++
	}
}

// skip steps over one byte, which must be b.
func (c *checker) skip(b byte) bool {
	if c.next() != b || b == 0 {
		return false
	}
	c.at++
	return true
}

func (c *checker) value(depth int) bool {
	switch c.next() {
	case '{':
		return c.list(depth+1, '}', true)
	case '[':
		return c.list(depth+1, ']', false)
	case '"':
		return c.text()
	case 't':
		return c.word("true")
	case 'f':
		return c.word("false")
	case 'n':
		return c.word("null")
	}
	return c.number()
}

// list reads an object or an array, from its opening bracket to the closing one.
func (c *checker) list(depth int, end byte, named bool) bool {
	if depth > maxDepth {
		return false
	}
	c.at++
	c.space()
	if c.skip(end) {
		return true
	}
	for {
		c.space()
		if named {
			if !c.text() {
				return false
			}
			c.space()
			if !c.skip(':') {
				return false
			}
			c.space()
		}
		if !c.value(depth) {
			return false
		}
		c.space()
		if c.skip(end) {
			return true
		}
		if !c.skip(',') {
			return false
		}
	}
}

func (c *checker) text() bool {
	if !c.skip('"') {
		return false
	}
	for c.at < len(c.data) {
		switch b := c.data[c.at]; {
		case b == '"':
			c.at++
			return true
		case b < ' ':
			return false
		case b == '\\':
			c.at++
			if !c.escape() {
				return false
			}
		default:
			c.at++
		}
	}
	return false
}

// escape reads what follows a backslash.
func (c *checker) escape() bool {
	switch b := c.next(); b {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		c.at++
		return true
	case 'u':
		c.at++
		for end := c.at + 4; c.at < end; {
			b := c.next()
			if (b < '0' || b > '9') && (b|0x20 < 'a' || b|0x20 > 'f') {
				return false
			}
			c.at++
		}
		return true
	}
	return false
}

func (c *checker) number() bool {
	c.skip('-')
	if !c.skip('0') && !c.digits() {
		return false
	}
	if c.skip('.') && !c.digits() {
		return false
	}
	if c.skip('e') || c.skip('E') {
		if !c.skip('+') {
			c.skip('-')
		}
		return c.digits()
	}
	return true
}

// digits reads one or more.
func (c *checker) digits() bool {
	start := c.at
	for c.next() >= '0' && c.next() <= '9' {
		c.at++
	}
	return c.at > start
}

func (c *checker) word(word string) bool {
	if len(c.data)-c.at < len(word) || string(c.data[c.at:c.at+len(word)]) != word {
		return false
	}
	c.at += len(word)
	return true
}
