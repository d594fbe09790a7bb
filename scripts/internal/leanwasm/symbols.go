package leanwasm

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// magic begins the symbol table of a program built by Go 1.20 or later: runtime.pcHeader
// with instructions of 1 byte and pointers of 8.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// The fields of runtime._func, in bytes from its start, and the tables in its pcdata.
const (
	funcName      = 4
	funcPCSP      = 16
	funcPCFile    = 20
	funcPCLn      = 24
	funcNPCData   = 28
	funcCU        = 32
	funcStartLine = 36
	funcNFuncData = 43
	funcSize      = 44

	pcdataUnsafePoint = 0
	pcdataInlTree     = 2
	pcdataArgLive     = 3
	pcdataMax         = 16
)

// symbols is the symbol table within the program's memory.
type symbols struct {
	mem       []byte
	functions int
	names     []byte // funcnametab: each ends with a zero
	files     []byte // cutab and filetab
	pctab     []byte // the tables that begin at a program counter's function
	pclntable []byte // the index of functions (ftab) and a record for each
	pclnAt    int    // where that lies
	gofunc    []byte // what funcdata of a record points into
	finder    int    // where findfunctab lies
	counters  int    // how many program counters it is for
}

// findSymbols looks the table up by its magic, and the runtime's description of it by its
// address: runtime.moduledata holds the same lengths as the table's head.
func findSymbols(mem []byte) (*symbols, error) {
	var found []*symbols
	for at := 0; ; at++ {
		i := bytes.Index(mem[at:], magic)
		if i < 0 {
			break
		}
		at += i
		if s := symbolsAt(mem, at); s != nil {
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%d candidates for it", len(found))
	}
	return found[0], nil
}

// symbolsAt reads the table whose head may lie at an address, nil when it does not.
func symbolsAt(mem []byte, head int) *symbols {
	if head+8*9 > len(mem) {
		return nil
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint64(mem[head+8+8*i:])) }
	n, names, files, pctab, pcln := word(0), word(3), word(4), word(6), word(7)
	if n <= 0 || n > 1<<20 || names <= 0 || files <= names || pctab <= files || pcln <= pctab || head+pcln+8*n > len(mem) {
		return nil
	}
	// moduledata: the head's address, then six slices of three words, then findfunctab.
	description := binary.LittleEndian.AppendUint64(nil, uint64(head))
	description = binary.LittleEndian.AppendUint64(description, uint64(head+names))
	at := bytes.Index(mem, description)
	if at < 0 || at+8*42 > len(mem) {
		return nil
	}
	field := func(i int) int { return int(binary.LittleEndian.Uint64(mem[at+8*i:])) }
	pctabAt, pctabSize, pclnAt, pclnSize, ftabAt, ftabSize := field(10), field(11), field(13), field(14), field(16), field(17)
	finder, counters, gofunc := field(19), field(21)-field(20), field(40)
	if pctabAt != head+pctab || pclnAt != head+pcln || ftabAt != pclnAt || ftabSize != n+1 ||
		pctabSize <= 0 || pctabAt+pctabSize > pclnAt || pclnSize < 8*n || pclnAt+pclnSize > len(mem) ||
		gofunc < pclnAt+pclnSize || gofunc >= len(mem) || finder <= 0 || counters <= (n-1)<<16 || counters > n<<16 {
		return nil
	}
	return &symbols{
		mem: mem, functions: n, finder: finder, counters: counters,
		names: mem[head+names : head+files], files: mem[head+files : pctabAt], gofunc: mem[gofunc:],
		pctab: mem[pctabAt : pctabAt+pctabSize], pclntable: mem[pclnAt : pclnAt+pclnSize], pclnAt: pclnAt,
	}
}

// entry is the number of a function in the program, and where its record lies.
func (s *symbols) entry(i int) (number, record int) {
	return int(binary.LittleEndian.Uint32(s.pclntable[8*i:])), int(binary.LittleEndian.Uint32(s.pclntable[8*i+4:]))
}

// functionNames are the functions' names, in their order in the program.
func (s *symbols) functionNames() ([]string, error) {
	names := make([]string, s.functions)
	for i := range names {
		_, record := s.entry(i)
		if record+funcSize > len(s.pclntable) {
			return nil, errShort
		}
		at := int(binary.LittleEndian.Uint32(s.pclntable[record+funcName:]))
		if at >= len(s.names) {
			return nil, errShort
		}
		name, _, _ := bytes.Cut(s.names[at:], []byte{0})
		names[i] = string(name)
	}
	return names, nil
}

// dropTraces empties the tables that are read for traces alone and moves the others together.
func (s *symbols) dropTraces() error {
	clear(s.files)
	names := s.newNames()
	kept := []byte{0} // no table begins at 0
	moved := map[uint32]uint32{}
	for i := range s.functions {
		_, at := s.entry(i)
		if at+funcSize > len(s.pclntable) {
			return errShort
		}
		f := s.pclntable[at:]
		tables := int(binary.LittleEndian.Uint32(f[funcNPCData:]))
		if tables > pcdataMax || len(f) < funcSize+4*tables {
			return fmt.Errorf("a function with %d tables", tables)
		}
		for _, field := range []int{funcPCFile, funcPCLn, funcCU, funcStartLine} {
			clear(f[field : field+4])
		}
		if err := names.keep(f[funcName : funcName+4]); err != nil {
			return err
		}
		if err := s.dropInlined(f, tables); err != nil {
			return err
		}
		for kind := funcdataArgInfo; kind <= funcdataArgLiveInfo && kind < int(f[funcNFuncData]); kind++ {
			if at := funcSize + 4*tables + 4*kind; at+4 <= len(f) {
				binary.LittleEndian.PutUint32(f[at:], noFuncdata)
			}
		}
		fields := []int{funcPCSP}
		for table := range tables {
			field := funcSize + 4*table
			if table == pcdataUnsafePoint || table == pcdataArgLive {
				clear(f[field : field+4])
				continue
			}
			fields = append(fields, field)
		}
		for _, field := range fields {
			old := binary.LittleEndian.Uint32(f[field:])
			if old == 0 {
				continue
			}
			at, ok := moved[old]
			if !ok {
				table, err := s.table(old)
				if err != nil {
					return err
				}
				at = uint32(len(kept))
				moved[old] = at
				kept = append(kept, table...)
			}
			binary.LittleEndian.PutUint32(f[field:], at)
		}
	}
	if len(kept) > len(s.pctab) {
		return errors.New("the tables overlap")
	}
	clear(s.pctab[copy(s.pctab, kept):])
	return names.write()
}

// table is one table of pctab: pairs of varints, a value's difference and a counter's,
// until a value's difference of 0 that is not the first.
func (s *symbols) table(at uint32) ([]byte, error) {
	if int(at) >= len(s.pctab) {
		return nil, errShort
	}
	r := reader{s.pctab[at:]}
	for first := true; ; first = false {
		if len(r.b) > 0 && r.b[0] == 0 && !first {
			return s.pctab[at : len(s.pctab)-len(r.b)+1], nil
		}
		for range 2 {
			if _, err := r.uint(); err != nil {
				return nil, err
			}
		}
	}
}
