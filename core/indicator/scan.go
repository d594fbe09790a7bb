package indicator

// Scan finds the indicators in text, in the order of their position. Their spans
// do not overlap. Text may hold any bytes: what is not UTF-8 ends a value.
// Scan is safe for concurrent use; its time is linear in the length of the text.
func Scan(text string, opts Options) []Indicator { return Append(nil, text, opts) }

// Append is [Scan] that adds what it finds to dst and returns it.
func Append(dst []Indicator, text string, opts Options) []Indicator {
	s := scanner{text: text, out: dst, opts: opts}
	s.run(len(text))
	return s.out
}

// regionMax bounds, in bytes, what is looked at together: a longer run without
// blanks is taken in pieces, cut at a sign that no value holds where there is one.
const regionMax = 32 << 10

// scanner is the state of one scan.
type scanner struct {
	text string
	out  []Indicator
	opts Options
	pos  int // where the scan goes on
	last int // the end of the last find; no later one starts before it

	view  view
	buf   []byte   // a value while it is put together
	about struct { // what aboutMalware found, for a stretch of the text
		from, until int
		malware     bool
	}
	table table
	line  struct{ at, start int } // what lineStart answered last

	commitEnd  int // the end of the last commit, 0 for none
	versionEnd int // the end of the last address held as a version, 0 for none

	dropped int // bytes of a stream that are no longer in text
	spent   int // bytes looked at in vain for the end of a rule

	inner        bool // the text was decoded from another
	encodedUntil int  // in the view: a run of base64 up to here holds nothing
}

// run scans from s.pos and stops at the first token that starts at limit or later.
//
// The text is read in two passes, interleaved token by token. A token is a run of bytes
// without blanks. The first pass, here, collects the classes of its bytes and reads
// nothing: four tokens in five are words, whose classes say that only a name can stand
// there, and one hash of eight letters says for 39 words in 40 that it does not. The
// second pass, in s.token, sees the fifth one: it finds where the value begins when blanks
// stand inside it (rewind), makes the view with the disguises undone (load, and refang
// where plain does not rule them out), and hands each item of it to its grammar (walk).
// A third look between the two, for signs among words, was tried and cost what it saved.
func (s *scanner) run(limit int) {
	text := s.text
	i := s.pos
	for i < limit {
		if classes[text[i]]&cSpace != 0 {
			i++
			continue
		}
		start := i
		stop := min(len(text), start+regionMax)
		var seen, c class // seen lacks the last byte, so that a full stop does not count
		for i < stop {
			next := classes[text[i]]
			if next&cSpace != 0 {
				break
			}
			seen |= c
			c = next
			i++
		}
		if !hot(seen, c, i-start) {
			first := start
			if classes[text[start]]&cWordChar == 0 {
				first++
			}
			if i-first < 2 {
				continue
			}
			may := false
			if seen&(cJoin|cTrail) == 0 || first > start {
				may = mayBeName(text, first, i)
			} else { // the word ends before the token
				h := nameHash(text[first:i])
				may = nameFilter[h>>3]>>(h&7)&1 == 1
			}
			if !may {
				continue
			}
			if _, ok := longestName(text[first:min(len(text), first+nameMax)]); !ok && !isTrigger(text[first:i]) {
				continue
			}
		}
		i = s.token(start, i, seen|c)
	}
	s.pos = i
}

// hot reports whether a token can hold an indicator: it has a sign before its last
// byte, or digits among letters, or it is long.
func hot(seen, last class, n int) bool {
	if (seen&cHot|last&cOpen) != 0 || n >= 25 {
		return true
	}
	all := seen | last
	return all&cDigit != 0 && all&(cLetter|cJoin) != 0
}

// token looks at one token and returns where the scan goes on.
func (s *scanner) token(start, end int, seen class) int {
	if end-start == regionMax {
		end = s.cut(start)
	}
	if from := s.rewind(start, end); from < start {
		done := s.view.load(s, from, tokenEnd(s.text, from), disguised)
		s.walk()
		if done >= end {
			return max(done, s.last)
		}
		start = max(start, s.last)
	}
	end = s.view.load(s, start, end, seen)
	s.walk()
	return max(end, s.last)
}

// cut finds where to end a token that is too long.
func (s *scanner) cut(start int) int {
	for end := start + regionMax; end > start+regionMax/2; end-- {
		switch s.text[end-1] {
		case ',', ';', '"', '\'', '|', '<', '>', '`':
			return end
		}
	}
	return start + regionMax
}

// emit adds the find at b[i:j] of the view.
func (s *scanner) emit(t Type, value string, i, j int, flags Flags, held Reason) {
	s.emitAt(t, value, s.view.from(i), s.view.upto(j), s.view.steps(i, j), flags, held, 0)
}

// emitAt adds the find at text[start:end].
func (s *scanner) emitAt(t Type, value string, start, end int, steps Steps, flags Flags, held Reason, port uint16) {
	if start < s.last {
		return
	}
	s.last = end
	if s.opts.Types != 0 && !s.opts.Types.Has(t) || s.opts.DropHeld && held != NotHeld {
		return
	}
	if steps != 0 {
		flags |= FlagDefanged
	}
	s.out = append(s.out, Indicator{t, value, Span{start, end}, steps, flags, held, port})
}

// before is the byte in front of b[i], 0 at the start of the text.
func (s *scanner) before(i int) byte {
	if i > 0 {
		return s.view.b[i-1]
	}
	if at := s.view.from(i); at > 0 {
		return s.text[at-1]
	}
	return 0
}
