package wasmflow

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// The instructions that are read or written here.
const (
	opUnreachable  = 0x00
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opI32Const     = 0x41
	opI64Const     = 0x42
	opI32Eqz       = 0x45
	opI32Add       = 0x6a
	opI32Sub       = 0x6b

	typeVoid = 0x40
	typeI32  = 0x7f
)

// instruction is one instruction of a body, with its first immediate.
type instruction struct {
	op         byte
	start, end int   // in bytes from the body's start
	immediate  int64 // index, depth, constant or, of a block, its type
	table      []int // of br_table: its depths, the default last
}

var errShort = errors.New("code ends too early")

// decode reads the instruction at a place. It knows what Go's assembler writes.
func decode(body []byte, at int) (instruction, error) {
	if at >= len(body) {
		return instruction{}, errShort
	}
	in := instruction{op: body[at], start: at, end: at + 1}
	unsigned := func() int64 {
		n, size := binary.Uvarint(body[min(in.end, len(body)):])
		if size <= 0 {
			in.end = len(body) + 1
			return 0
		}
		in.end += size
		return int64(n)
	}
	switch op := in.op; {
	case op == opUnreachable, op == 0x01, op == opElse, op == opEnd, op == opReturn, op == 0x1a, op == 0x1b, 0x45 <= op && op <= 0xc4:
	case op == opBlock, op == opLoop, op == opIf, op == opBr, op == opBrIf, op == opCall,
		0x20 <= op && op <= 0x24, op == 0x3f, op == 0x40:
		in.immediate = unsigned()
	case op == opCallIndirect, 0x28 <= op && op <= 0x3e:
		in.immediate = unsigned()
		unsigned()
	case op == opBrTable:
		for range unsigned() + 1 {
			if in.end > len(body) {
				break
			}
			in.table = append(in.table, int(unsigned()))
		}
	case op == opI32Const, op == opI64Const:
		n, size := leb128.Int(body[in.end:])
		if size == 0 {
			return in, errShort
		}
		in.immediate = n
		in.end += size
	case op == 0x43:
		in.end += 4
	case op == 0x44:
		in.end += 8
	case op == 0xfc:
		in.immediate = unsigned()
		switch {
		case in.immediate <= 7: // saturating truncation
		case in.immediate == 10: // memory.copy
			in.end += 2
		case in.immediate == 11: // memory.fill
			in.end++
		default:
			return in, fmt.Errorf("instruction 0xfc %d at %d is not known here", in.immediate, at)
		}
	default:
		return in, fmt.Errorf("instruction %#x at %d is not known here", op, at)
	}
	if in.end > len(body) {
		return in, errShort
	}
	return in, nil
}
