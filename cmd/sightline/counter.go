package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// counter shows on a terminal how far a list is, from the moment at which one begins
// to wonder.
type counter struct {
	to    io.Writer // nil shows nothing
	of    string
	began time.Time
	shown time.Time
	drawn bool
}

// count returns a counter of what is listed. It is silent where the list itself
// appears line by line on the terminal.
func (env environment) count(of string, out stellarOut) *counter {
	c := &counter{of: of, began: time.Now()}
	if env.errTerminal && !(env.terminal && out.Out == "jsonl") {
		c.to = env.stderr
	}
	return c
}

// step shows that n of total are there; a total below 1 is not known.
func (c *counter) step(n, total int) {
	if c.to == nil {
		return
	}
	now := time.Now()
	if now.Sub(c.began) <= progressAfter || now.Sub(c.shown) <= progressEvery {
		return
	}
	c.shown, c.drawn = now, true
	_, _ = io.WriteString(c.to, "\r"+counted(n, total, c.of)) // a bar is not worth an error
}

func counted(n, total int, of string) string {
	if total < 1 {
		return fmt.Sprintf("%d %s ", n, of)
	}
	full := progressWidth * min(n, total) / total
	return fmt.Sprintf("[%s%s] %3d%%  %d of %d %s ", strings.Repeat("#", full), strings.Repeat(".", progressWidth-full), 100*min(n, total)/total, n, total, of)
}

// end takes the bar away.
func (c *counter) end() {
	if c.drawn {
		_, _ = io.WriteString(c.to, "\r\x1b[K")
		c.drawn = false
	}
}
