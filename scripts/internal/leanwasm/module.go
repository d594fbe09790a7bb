package leanwasm

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// The sections of a module that are read or written here.
const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionStart    = 8
	sectionElement  = 9
	sectionCode     = 10
	sectionData     = 11
)

var header = []byte("\x00asm\x01\x00\x00\x00")

// module is a program in its sections, in their order.
type module struct{ sections []section }

type section struct {
	id   byte
	body []byte
}

func parse(program []byte) (*module, error) {
	rest, ok := bytes.CutPrefix(program, header)
	if !ok {
		return nil, errors.New("not a WebAssembly module of version 1")
	}
	m := &module{}
	for len(rest) > 0 {
		r := reader{rest[1:]}
		body, err := r.take()
		if err != nil {
			return nil, fmt.Errorf("section %d: %w", rest[0], err)
		}
		m.sections = append(m.sections, section{rest[0], body})
		rest = r.b
	}
	return m, nil
}

func (m *module) bytes() []byte {
	out := bytes.Clone(header)
	for _, s := range m.sections {
		out = append(out, s.id)
		out = appendBytes(out, s.body)
	}
	return out
}

func (m *module) find(id byte) (*section, error) {
	for i := range m.sections {
		if m.sections[i].id == id {
			return &m.sections[i], nil
		}
	}
	return nil, fmt.Errorf("no section %d", id)
}

// addStart adds a function without parameters or results that runs when the module is
// instantiated, before anything that the program exports.
func (m *module) addStart(code []byte) error {
	kinds, err := m.find(sectionType)
	if err != nil {
		return err
	}
	imported, err := m.count(sectionImport)
	if err != nil {
		return err
	}
	functions, err := m.find(sectionFunction)
	if err != nil {
		return err
	}
	bodies, err := m.find(sectionCode)
	if err != nil {
		return err
	}
	if _, err := m.find(sectionStart); err == nil {
		return errors.New("the module has a start function")
	}
	kind, err := kinds.add([]byte{0x60, 0, 0})
	if err != nil {
		return err
	}
	// Go's linker imports functions alone, and the memory is the module's own.
	defined, err := functions.add(binary.AppendUvarint(nil, kind))
	if err != nil {
		return err
	}
	if _, err := bodies.add(appendBytes(nil, code)); err != nil {
		return err
	}
	start := section{sectionStart, binary.AppendUvarint(nil, imported+defined)}
	for i, s := range m.sections {
		if s.id == sectionElement || s.id == sectionCode {
			m.sections = append(m.sections[:i:i], append([]section{start}, m.sections[i:]...)...)
			return nil
		}
	}
	return errors.New("no place for a start section")
}

func (m *module) count(id byte) (uint64, error) {
	s, err := m.find(id)
	if err != nil {
		return 0, err
	}
	return (&reader{s.body}).uint()
}

// add appends an entry to a section that is a vector, and returns its index.
func (s *section) add(entry []byte) (uint64, error) {
	r := reader{s.body}
	n, err := r.uint()
	if err != nil {
		return 0, err
	}
	s.body = append(append(binary.AppendUvarint(nil, n+1), r.b...), entry...)
	return n, nil
}

// reader reads what WebAssembly encodes.
type reader struct{ b []byte }

var errShort = errors.New("it ends too early")

// uint reads an unsigned LEB128.
func (r *reader) uint() (uint64, error) {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		return 0, errShort
	}
	r.b = r.b[size:]
	return n, nil
}

// int reads a signed LEB128 of 32 bits.
func (r *reader) int() (int32, error) {
	n, size := leb128.Int(r.b)
	switch {
	case size == 0 && len(r.b) < intMax:
		return 0, errShort
	case size == 0 || size > intMax:
		return 0, errors.New("a number of more than 32 bits")
	}
	r.b = r.b[size:]
	return int32(n), nil
}

// intMax is the longest encoding of 32 bits, in bytes.
const intMax = 5

// take reads a length and as many bytes.
func (r *reader) take() ([]byte, error) {
	n, err := r.uint()
	if err != nil {
		return nil, err
	}
	if n > uint64(len(r.b)) {
		return nil, errShort
	}
	taken := r.b[:n:n]
	r.b = r.b[n:]
	return taken, nil
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}
