package index

import "math"

// Object is what knows indicators: a case, an alert, a report. Source, Kind and ID
// name it; the rest is what a person needs to judge it. Texts are kept as they are.
type Object struct {
	// Source is the id of the profile whose platform has it.
	Source string
	// Kind is what it is: "case", "alert".
	Kind string
	ID   string
	// Number is the number that people use for it, "" if none.
	Number, Title, Severity, Status, Owner, Tenant string
	// Link opens it in the platform, "" if it has no page.
	Link string
	// Score is the platform's own; HasScore is false where it has none.
	Score    float64
	HasScore bool
	// Closed says that nobody works on it any more.
	Closed bool
	// CreatedAt and ModifiedAt are milliseconds since 1970, 0 when unknown.
	CreatedAt, ModifiedAt int64
	// Version is the platform's counter of changes, 0 if it has none.
	Version int64
}

// time is what objects are ordered by, the newest first.
func (o *Object) time() int64 {
	if o.ModifiedAt != 0 {
		return o.ModifiedAt
	}
	return o.CreatedAt
}

// The forms of a text in a record, in the low two bits of the number before it.
const (
	textWord   = iota // the number of a word in the segment's dictionary
	textPlain         // a length, and the bytes
	textHex           // a length, and hexadecimal digits in lower case by two
	textNumber        // a decimal number
)

// What the flags of a record say. The low three bits are the form of the link.
const (
	linkPlain    = iota // as it stands
	linkOfID            // a text, the id, a text
	linkOfNumber        // a text, the number, a text
	linkForms
	recordClosed  = 1 << 3
	recordScore   = 1 << 4
	recordByte    = 1 << 5 // the score is one byte
	recordFiles   = 1 << 6
	maxNumberForm = 18      // digits that surely fit
	maxFileHashes = 16      // of one file
	maxFiles      = 1 << 10 // of one object
)

// words is the dictionary of a segment that is being built: texts that occur twice.
type words struct {
	// number is the word's number, by the hash of its text; -1 after the first time.
	number map[uint64]int32
	ends   []uint32
	texts  []byte
}

func (w *words) append(b []byte, text string) []byte {
	if len(text) < 2 {
		return append(appendVarint(b, uint64(len(text))<<2|textPlain), text...)
	}
	h := hash([]byte(text))
	number, seen := w.number[h]
	switch {
	case !seen:
		w.number[h] = -1
	case number < 0:
		number = int32(len(w.ends))
		w.number[h] = number
		w.texts = append(w.texts, text...)
		w.ends = append(w.ends, uint32(len(w.texts)))
	}
	if seen && w.word(int(number)) == text {
		return appendVarint(b, uint64(number)<<2+textWord)
	}
	return append(appendVarint(b, uint64(len(text))<<2|textPlain), text...)
}

func (w *words) word(i int) string {
	from := uint32(0)
	if i > 0 {
		from = w.ends[i-1]
	}
	return string(w.texts[from:w.ends[i]])
}

// appendID writes a text that hardly occurs twice.
func appendID(b []byte, text string) []byte {
	if number, ok := decimal(text); ok {
		return appendVarint(b, number<<2|textNumber)
	}
	if len(text) > 0 {
		start := len(b)
		b = appendVarint(b, uint64(len(text)/2)<<2|textHex)
		if packed, ok := appendHex(b, []byte(text)); ok {
			return packed
		}
		b = b[:start]
	}
	return append(appendVarint(b, uint64(len(text))<<2|textPlain), text...)
}

// decimal reads a number that is written the only way.
func decimal(text string) (n uint64, ok bool) {
	if text == "" || len(text) > maxNumberForm || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	for i := 0; i < len(text); i++ {
		if text[i]-'0' > 9 {
			return 0, false
		}
		n = 10*n + uint64(text[i]-'0')
	}
	return n, true
}

func appendDecimal(b []byte, n uint64) []byte {
	var digits [20]byte
	at := len(digits)
	for {
		at--
		digits[at] = '0' + byte(n%10)
		if n /= 10; n == 0 {
			return append(b, digits[at:]...)
		}
	}
}

// appendRecord writes an object. files are what it tells of files: for each the number
// of its hashes, one byte, and the 64-bit hashes of their keys.
func (w *words) appendRecord(b []byte, o *Object, files []byte) []byte {
	form, before, after := linkPlain, o.Link, ""
	if prefix, suffix, ok := cutLast(o.Link, o.ID); ok {
		form, before, after = linkOfID, prefix, suffix
	} else if prefix, suffix, ok := cutLast(o.Link, o.Number); ok {
		form, before, after = linkOfNumber, prefix, suffix
	}
	flags := uint64(form)
	if o.Closed {
		flags |= recordClosed
	}
	score := math.Float64bits(o.Score)
	small := o.Score >= 0 && o.Score <= 255 && math.Float64bits(float64(byte(o.Score))) == score
	if o.HasScore {
		flags |= recordScore
	}
	if small {
		flags |= recordByte
	}
	if len(files) > 0 {
		flags |= recordFiles
	}
	b = appendVarint(b, flags)
	if len(files) > 0 {
		b = append(appendVarint(b, uint64(len(files))), files...)
	}
	b = w.append(b, o.Source)
	b = w.append(b, o.Kind)
	b = appendID(b, o.ID)
	if small {
		b = append(b, byte(o.Score))
	} else {
		b = appendU64(b, score)
	}
	b = appendVarint(b, zigzag(o.CreatedAt-o.time()))
	b = appendVarint(b, zigzag(o.ModifiedAt-o.time()))
	b = appendVarint(b, zigzag(o.Version))
	b = appendID(b, o.Number)
	b = w.append(b, before)
	if form != linkPlain {
		b = w.append(b, after)
	}
	cut := cutTitle(o.Title)
	for _, text := range [...]string{o.Title[:cut], o.Title[cut:], o.Severity, o.Status, o.Owner, o.Tenant} {
		b = w.append(b, text)
	}
	return b
}

// cutTitle is where the part of a title begins that differs: its first number, or else
// its last word. The first part of "Encrypted for Impact and 133 others", of "Beacon on
// fin-07", stands in many a title.
func cutTitle(title string) int {
	last := len(title)
	for i := 1; i < len(title); i++ {
		if title[i-1] == ' ' {
			if last = i; title[i]-'0' < 10 {
				break
			}
		}
	}
	return last
}

// cutLast cuts text around the last occurrence of part, which is not "".
func cutLast(text, part string) (before, after string, ok bool) {
	if part == "" {
		return "", "", false
	}
	for i := len(text) - len(part); i >= 0; i-- {
		if text[i:i+len(part)] == part {
			return text[:i], text[i+len(part):], true
		}
	}
	return "", "", false
}

// record reads what appendRecord wrote. bad is set once something does not fit.
type record struct {
	seg *segment
	b   []byte
	at  int
	bad bool
}

func (r *record) number() uint64 {
	n, next := varint(r.b, r.at)
	if next == 0 {
		r.bad = true
		return 0
	}
	r.at = next
	return n
}

func (r *record) bytes(n uint64) []byte {
	if r.bad || n > uint64(len(r.b)-r.at) {
		r.bad = true
		return nil
	}
	r.at += int(n)
	return r.b[r.at-int(n) : r.at]
}

func (r *record) text() string {
	n := r.number()
	switch n & 3 {
	case textWord:
		word, ok := r.seg.word(n >> 2)
		r.bad = r.bad || !ok
		return string(word)
	case textPlain:
		return string(r.bytes(n >> 2))
	case textNumber:
		var room [20]byte
		return string(appendDecimal(room[:0], n>>2))
	}
	packed := r.bytes(n >> 2)
	var room [64]byte
	digits := room[:0]
	for _, c := range packed {
		const hex = "0123456789abcdef"
		digits = append(digits, hex[c>>4], hex[c&15])
	}
	return string(digits)
}

// files reads the flags and what the object tells of files.
func (r *record) files() (flags uint64, files []byte) {
	flags = r.number()
	if flags&recordFiles != 0 {
		files = r.bytes(r.number())
	}
	return flags, files
}

// name reads what names the object, behind the files.
func (r *record) name(o *Object) { o.Source, o.Kind, o.ID = r.text(), r.text(), r.text() }

// object reads the whole object, and what it tells of files.
func (r *record) object(o *Object, time int64) (files []byte) {
	flags, files := r.files()
	r.name(o)
	o.Closed = flags&recordClosed != 0
	o.HasScore = flags&recordScore != 0
	if flags&recordByte != 0 {
		if b := r.bytes(1); !r.bad {
			o.Score = float64(b[0])
		}
	} else if b := r.bytes(8); !r.bad {
		o.Score = math.Float64frombits(u64(b, 0))
	}
	o.CreatedAt = time + unzigzag(r.number())
	o.ModifiedAt = time + unzigzag(r.number())
	o.Version = unzigzag(r.number())
	o.Number = r.text()
	o.Link = r.text()
	switch flags & 7 {
	case linkPlain:
	case linkOfID:
		o.Link += o.ID + r.text()
	case linkOfNumber:
		o.Link += o.Number + r.text()
	default:
		r.bad = true
	}
	o.Title = r.text()
	if rest := r.text(); rest != "" {
		o.Title += rest
	}
	for _, field := range [...]*string{&o.Severity, &o.Status, &o.Owner, &o.Tenant} {
		*field = r.text()
	}
	return files
}
