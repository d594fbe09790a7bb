package indicator

// Stream scans a text that comes in pieces. It finds what [Scan] finds in the whole,
// however the pieces are cut, with the spans of the whole; its memory does not grow
// with the text. A Stream serves one goroutine.
type Stream struct {
	found func(Indicator)
	buf   []byte
	scan  scanner
}

const (
	// streamBehind is how many bytes before a find its context may reach.
	streamBehind = 16 << 10
	// streamAhead is how many bytes behind a token's start may decide about it.
	streamAhead = 4 * regionMax
)

// NewStream returns a stream that gives its finds to found, in the order of position.
func NewStream(opts Options, found func(Indicator)) *Stream {
	return &Stream{found: found, scan: scanner{opts: opts}}
}

// Write takes the next piece of the text. It never fails.
func (s *Stream) Write(p []byte) (int, error) {
	s.buf = append(s.buf, p...)
	if len(s.buf)-s.scan.pos > 2*streamAhead {
		s.run(len(s.buf) - streamAhead)
		s.drop()
	}
	return len(p), nil
}

// WriteString is [Stream.Write] for a string.
func (s *Stream) WriteString(text string) (int, error) {
	s.buf = append(s.buf, text...)
	return s.Write(nil)
}

// Close scans what is left. The stream can then take another text.
func (s *Stream) Close() error {
	s.run(len(s.buf))
	s.buf = s.buf[:0]
	s.scan = scanner{opts: s.scan.opts, view: s.scan.view}
	return nil
}

// run scans the tokens that start before limit.
func (s *Stream) run(limit int) {
	s.scan.text = unsafeString(s.buf)
	s.scan.run(limit)
	for _, x := range s.scan.out {
		x.Span.Start += s.scan.dropped
		x.Span.End += s.scan.dropped
		s.found(x)
	}
	clear(s.scan.out)
	s.scan.out = s.scan.out[:0]
}

// drop forgets what no later find can depend on.
func (s *Stream) drop() {
	n := s.scan.pos - streamBehind
	if n <= 0 {
		return
	}
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
	c := &s.scan
	c.dropped += n
	c.pos -= n
	c.last = max(c.last-n, 0)
	c.line.at, c.line.start = c.line.at-n, c.line.start-n
	c.commitEnd = max(c.commitEnd-n, 0)
	c.versionEnd = max(c.versionEnd-n, 0)
	c.known.behind = 0
	c.about.asked = max(c.about.asked-n, 0)
	c.about.at = max(c.about.at-n, 0)
	c.about.word = max(c.about.word-n, 0)
	c.table.until = max(c.table.until-n, 0)
}
