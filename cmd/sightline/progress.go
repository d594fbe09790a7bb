package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress counts what is read of a file and shows it on a terminal, from the moment
// at which one begins to wonder.
type progress struct {
	in    io.Reader
	to    io.Writer // nil shows nothing
	size  int64     // of the file, in bytes
	read  int64
	began time.Time
	shown time.Time
	drawn bool
}

const (
	progressAfter = 700 * time.Millisecond
	progressEvery = 100 * time.Millisecond
	progressWidth = 30
)

// follow returns the file with a bar on standard error, if that is a terminal and
// the file's size is known.
func (env environment) follow(in io.Reader) *progress {
	p := &progress{in: in, began: time.Now()}
	if f, ok := in.(*os.File); ok && env.errTerminal {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			p.to, p.size = env.stderr, info.Size()
		}
	}
	return p
}

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	p.read += int64(n)
	if p.to != nil {
		if now := time.Now(); now.Sub(p.began) > progressAfter && now.Sub(p.shown) > progressEvery {
			p.shown, p.drawn = now, true
			_, _ = io.WriteString(p.to, "\r"+bar(p.read, p.size, now.Sub(p.began))) // a bar is not worth an error
		}
	}
	return n, err
}

// end takes the bar away.
func (p *progress) end() {
	if p.drawn {
		_, _ = io.WriteString(p.to, "\r\x1b[K")
		p.drawn = false
	}
}

// bar draws how much of size was read in the time taken.
func bar(read, size int64, taken time.Duration) string {
	read = min(read, size)
	full := int(progressWidth * read / size)
	return fmt.Sprintf("[%s%s] %3d%%  %4d of %d MB, %.0f MB/s ", strings.Repeat("#", full), strings.Repeat(".", progressWidth-full),
		100*read/size, read/1e6, size/1e6, float64(read)/1e6/max(taken.Seconds(), 1e-3))
}

// walk counts objects of a list whose end is not known.
type walk struct {
	to    io.Writer // nil shows nothing
	limit int       // 0 is none
	n     int
	began time.Time
	shown time.Time
	drawn bool
}

// walk returns a counter on standard error, if that is a terminal and what is printed is
// kept back or goes elsewhere.
func (env environment) walk(limit int, keptBack bool) *walk {
	w := &walk{limit: limit, began: time.Now()}
	if env.errTerminal && (keptBack || !env.terminal) {
		w.to = env.stderr
	}
	return w
}

func (w *walk) step() {
	w.n++
	if now := time.Now(); w.to != nil && now.Sub(w.began) > progressAfter && now.Sub(w.shown) > progressEvery {
		w.shown, w.drawn = now, true
		text := fmt.Sprintf("\r%d read, %.0f/s ", w.n, float64(w.n)/now.Sub(w.began).Seconds())
		if w.limit > 0 {
			text = fmt.Sprintf("\r[%s%s] %d of at most %d ", strings.Repeat("#", progressWidth*w.n/w.limit), strings.Repeat(".", progressWidth-progressWidth*w.n/w.limit), w.n, w.limit)
		}
		_, _ = io.WriteString(w.to, text) // a bar is not worth an error
	}
}

// end takes the count away.
func (w *walk) end() {
	if w.drawn {
		_, _ = io.WriteString(w.to, "\r\x1b[K")
		w.drawn = false
	}
}
