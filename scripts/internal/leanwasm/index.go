package leanwasm

import (
	"encoding/binary"
	"fmt"
)

// index is an ftab of consecutive functions whose records lie one behind the other.
type index struct {
	at     int // where ftab lies; records are addressed from here too
	n      int
	number int // the first function's
	record int // where its record lies
}

// recordSize is how far it is from the record that begins f to the next one.
func recordSize(f []byte) int {
	size := funcSize + 4*int(binary.LittleEndian.Uint32(f[funcNPCData:])) + 4*int(f[funcNFuncData])
	return (size + 7) &^ 7
}

// dropIndex empties ftab and the numbers in the records, after a check that code would
// write the same. The entry behind the last function stays.
func (s *symbols) dropIndex() (index, error) {
	number, record := s.entry(0)
	x := index{s.pclnAt, s.functions, number, record}
	at := record
	for i := range s.functions {
		number, record := s.entry(i)
		f := s.pclntable[record:]
		if number != x.number+i || record != at || int(binary.LittleEndian.Uint32(f)) != number {
			return x, fmt.Errorf("function %d at %d has number %d", i, record, number)
		}
		at += recordSize(f)
		if at > len(s.pclntable)+4 { // the last one may be cut short of its alignment
			return x, errShort
		}
		clear(f[:4])
		clear(s.pclntable[8*i : 8*i+8])
	}
	return x, nil
}
