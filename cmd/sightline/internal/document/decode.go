package document

import (
	"bufio"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// NewReader returns r without a byte order mark and, where the mark is that of
// UTF-16, as UTF-8. Memory does not grow with the document.
func NewReader(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 1<<16)
	head, _ := in.Peek(3) // an error comes again when the reader is read
	switch {
	case len(head) >= 3 && string(head) == "\xef\xbb\xbf":
		_, _ = in.Discard(3)
	case len(head) >= 2 && string(head[:2]) == "\xff\xfe":
		_, _ = in.Discard(2)
		return &wideReader{in: in, order: binary.LittleEndian}
	case len(head) >= 2 && string(head[:2]) == "\xfe\xff":
		_, _ = in.Discard(2)
		return &wideReader{in: in, order: binary.BigEndian}
	}
	return in
}

// wideReader turns UTF-16 into UTF-8. A last half of a unit is dropped.
type wideReader struct {
	in    *bufio.Reader
	order binary.ByteOrder
	out   []byte // decoded and not read yet
	high  rune   // the first half of a pair, 0 for none
}

func (r *wideReader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill decodes up to 2048 units.
func (r *wideReader) fill() error {
	var raw [4096]byte
	n, err := io.ReadFull(r.in, raw[:])
	r.out = r.out[:0]
	for i := 0; i+1 < n; i += 2 {
		unit := rune(r.order.Uint16(raw[i:]))
		switch {
		case r.high != 0 && utf16.IsSurrogate(unit):
			r.out = utf8.AppendRune(r.out, utf16.DecodeRune(r.high, unit))
			r.high = 0
		case utf16.IsSurrogate(unit):
			r.high = unit
		default:
			if r.high != 0 {
				r.out = utf8.AppendRune(r.out, utf8.RuneError)
				r.high = 0
			}
			r.out = utf8.AppendRune(r.out, unit)
		}
	}
	if len(r.out) > 0 || err == nil {
		return nil
	}
	if err == io.ErrUnexpectedEOF {
		return io.EOF
	}
	return err
}
