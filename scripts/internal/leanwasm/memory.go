package leanwasm

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

const (
	// maxMemory bounds the initial memory, in bytes; a program of Go has 5 to 20 MB.
	maxMemory = 256 << 20
	// segmentOverhead is what one more data segment costs, in bytes, as Go's linker
	// estimates it: a shorter run of zeros stays in its segment.
	segmentOverhead = 8

	opI32Const = 0x41
	opEnd      = 0x0b
)

// memory reads the data section: what lies where when the program starts.
func (m *module) memory() ([]byte, error) {
	s, err := m.find(sectionData)
	if err != nil {
		return nil, err
	}
	r := reader{s.body}
	n, err := r.uint()
	if err != nil {
		return nil, err
	}
	var mem []byte
	for range n {
		offset, data, err := r.segment()
		if err != nil {
			return nil, err
		}
		end := int(offset) + len(data)
		if offset < 0 || end > maxMemory {
			return nil, fmt.Errorf("a segment at %d, %d bytes long", offset, len(data))
		}
		if end > len(mem) {
			mem = append(mem, make([]byte, end-len(mem))...)
		}
		copy(mem[offset:], data)
	}
	return mem, nil
}

// segment reads an active segment of memory 0 whose offset is a constant.
func (r *reader) segment() (int32, []byte, error) {
	flags, err := r.uint()
	if err != nil {
		return 0, nil, err
	}
	if flags != 0 || len(r.b) == 0 || r.b[0] != opI32Const {
		return 0, nil, errors.New("a segment of another kind than Go's linker writes")
	}
	r.b = r.b[1:]
	offset, err := r.int()
	if err != nil {
		return 0, nil, err
	}
	if len(r.b) == 0 || r.b[0] != opEnd {
		return 0, nil, errors.New("a segment whose offset is computed")
	}
	r.b = r.b[1:]
	data, err := r.take()
	return offset, data, err
}

// setMemory writes the data section anew, without the zeros: memory begins as zeros.
func (m *module) setMemory(mem []byte) {
	var body []byte
	var n uint64
	for at := 0; at < len(mem); {
		if mem[at] == 0 {
			at++
			continue
		}
		end, zeros := at, 0
		for i := at; i < len(mem) && zeros < segmentOverhead; i++ {
			if mem[i] == 0 {
				zeros++
			} else {
				end, zeros = i+1, 0
			}
		}
		body = append(body, 0, opI32Const)
		body = append(leb128.Append(body, int64(at)), opEnd)
		body = appendBytes(body, mem[at:end])
		n++
		at = end
	}
	s, _ := m.find(sectionData) // memory has found it
	s.body = append(binary.AppendUvarint(nil, n), body...)
}
