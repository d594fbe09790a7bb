package leanwasm

import (
	"encoding/binary"
	"fmt"
)

const (
	// bucketSize is that of runtime.findfuncbucket: an index, and 16 differences to it.
	bucketSize = 20
	// A bucket is for 4,096 program counters, each of its differences for 256; a function
	// has 65,536.
	bucketCounters     = 4096
	differenceCounters = 256
	// bucketShift makes a function's index of a bucket's.
	bucketShift = 4
)

// buckets is a findfunctab in which each function has its own 16 buckets; the last function
// may have fewer, and the last bucket fewer differences.
type buckets struct{ at, n int }

// dropFinder empties findfunctab, after a check that code would write the same.
func (s *symbols) dropFinder() (buckets, error) {
	b := buckets{s.finder, (s.counters + bucketCounters - 1) / bucketCounters}
	first, _ := s.entry(0)
	for i := range s.functions {
		if number, _ := s.entry(i); number != first+i {
			return b, fmt.Errorf("function %d has number %d, the first has %d", i, number, first)
		}
	}
	size := b.n*(bucketSize-16) + (s.counters+differenceCounters-1)/differenceCounters
	if b.at+size > len(s.mem) {
		return b, errShort
	}
	table := s.mem[b.at : b.at+size]
	for i := range b.n {
		bucket := table[i*bucketSize : min((i+1)*bucketSize, size)]
		if index := binary.LittleEndian.Uint32(bucket); int(index) != i>>bucketShift {
			return b, fmt.Errorf("bucket %d is of function %d", i, index)
		}
		for _, difference := range bucket[4:] {
			if difference != 0 {
				return b, fmt.Errorf("bucket %d is of several functions", i)
			}
		}
	}
	clear(table)
	return b, nil
}

// code is the body of a function that fills the table:
//
//	for (i = 0; i < n; i++) { *(at + i*20) = i >> 4 }
func (b buckets) code() []byte {
	const (
		i32        = 0x7f
		opLoop     = 0x03
		noResult   = 0x40
		opBranchIf = 0x0d
		opLocalGet = 0x20
		opLocalSet = 0x21
		opLocalTee = 0x22
		opStore    = 0x36
		opLessU    = 0x49
		opAdd      = 0x6a
		opMul      = 0x6c
		opShiftU   = 0x76
	)
	code := []byte{1, 1, i32} // one local
	code = append(code, opLoop, noResult)
	code = append(code, opLocalGet, 0, opI32Const, bucketSize, opMul)
	code = append(code, opLocalGet, 0, opI32Const, bucketShift, opShiftU)
	code = append(code, opStore, 2)
	code = binary.AppendUvarint(code, uint64(b.at))
	code = append(code, opLocalGet, 0, opI32Const, 1, opAdd, opLocalTee, 0)
	code = appendInt(append(code, opI32Const), int32(b.n))
	code = append(code, opLessU, opBranchIf, 0)
	return append(code, opEnd, opEnd)
}
