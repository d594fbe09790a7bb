package leanwasm

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// runtimeName is what all of the runtime's functions are called.
const runtimeName = "runtime."

// The fields of runtime.inlinedCall, in bytes from its start.
const (
	inlinedName      = 4
	inlinedStartLine = 12
	inlinedSize      = 16

	funcdataInlTree     = 3
	funcdataArgInfo     = 5
	funcdataArgLiveInfo = 6
	noFuncdata          = ^uint32(0)
)

// newNames are the names that stay.
type newNames struct {
	old   []byte
	kept  []byte
	moved map[string]uint32
}

func (s *symbols) newNames() *newNames {
	// No name begins at 0: there the runtime reads "".
	return &newNames{old: s.names, kept: []byte{0}, moved: map[string]uint32{}}
}

// keep puts the name at whose offset a field holds among the new ones, and the new
// offset into the field.
func (n *newNames) keep(field []byte) error {
	at := binary.LittleEndian.Uint32(field)
	if at == 0 {
		return nil
	}
	if int(at) >= len(n.old) {
		return errShort
	}
	name, _, ok := bytes.Cut(n.old[at:], []byte{0})
	if !ok {
		return errShort
	}
	if bytes.HasPrefix(name, []byte(runtimeName)) {
		name = name[:len(runtimeName)]
	}
	moved, ok := n.moved[string(name)]
	if !ok {
		moved = uint32(len(n.kept))
		n.moved[string(name)] = moved
		n.kept = append(append(n.kept, name...), 0)
	}
	binary.LittleEndian.PutUint32(field, moved)
	return nil
}

// write puts the new names in the place of the old ones.
func (n *newNames) write() error {
	if len(n.kept) > len(n.old) {
		return errors.New("the names overlap")
	}
	clear(n.old[copy(n.old, n.kept):])
	return nil
}

// dropInlined takes the names and lines out of a function's tree of inlined calls. How
// many calls there are, the table of their indices says.
func (s *symbols) dropInlined(f []byte, tables int) error {
	at := funcSize + 4*tables + 4*funcdataInlTree
	if tables <= pcdataInlTree || int(f[funcNFuncData]) <= funcdataInlTree || at+4 > len(f) {
		return nil
	}
	tree := binary.LittleEndian.Uint32(f[at:])
	indices := binary.LittleEndian.Uint32(f[funcSize+4*pcdataInlTree:])
	if tree == noFuncdata || indices == 0 {
		return nil
	}
	table, err := s.table(indices)
	if err != nil {
		return err
	}
	last := int32(-1)
	r, value := reader{table[:len(table)-1]}, int32(-1) // without its end
	for len(r.b) > 0 {
		difference, err := r.uint()
		if err != nil {
			return err
		}
		if _, err := r.uint(); err != nil { // the counter's
			return err
		}
		value += int32(uint32(difference)>>1) ^ -int32(difference&1)
		last = max(last, value)
	}
	if size := (int(last) + 1) * inlinedSize; int(tree)+size > len(s.gofunc) {
		return fmt.Errorf("a tree of %d inlined calls", last+1)
	}
	for i := range last + 1 {
		call := s.gofunc[int(tree)+int(i)*inlinedSize:]
		clear(call[inlinedName : inlinedName+4])
		clear(call[inlinedStartLine : inlinedStartLine+4])
	}
	return nil
}
