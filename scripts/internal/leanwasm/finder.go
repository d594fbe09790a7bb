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
