package leanwasm

import (
	"encoding/binary"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// The instructions of the start function.
const (
	opLoop     = 0x03
	opBranchIf = 0x0d
	opLocalGet = 0x20
	opLocalSet = 0x21
	opLocalTee = 0x22
	opLoad     = 0x28
	opLoadByte = 0x2d
	opStore    = 0x36
	opLessU    = 0x49
	opAdd      = 0x6a
	opMul      = 0x6c
	opAnd      = 0x71
	opShiftL   = 0x74
	opShiftU   = 0x76

	typeI32  = 0x7f
	noResult = 0x40
)

// The locals of the start function: a counter, and where a record lies from ftab.
const (
	localI = iota
	localRecord
)

// body is a function's code while it is written.
type body []byte

func (b body) op(codes ...byte) body { return append(b, codes...) }

func (b body) get(local byte) body { return b.op(opLocalGet, local) }

func (b body) constant(n int) body { return leb128.Append(b.op(opI32Const), int64(n)) }

// memory is a load or store at the address on the stack and an offset.
func (b body) memory(op, align byte, offset int) body {
	return binary.AppendUvarint(b.op(op, align), uint64(offset))
}

// start is the body of the function that writes both tables:
//
//	for i = 0; i < x.n; i++ {
//		ftab[i] = {x.number + i, record}
//		*record = x.number + i
//		record += recordSize(record)
//	}
//	for i = 0; i < b.n; i++ {
//		findfunctab[i] = {i >> bucketShift}
//	}
func start(x index, b buckets) []byte {
	code := body{1, 2, typeI32} // two locals
	code = code.constant(x.record).op(opLocalSet, localRecord)

	code = code.op(opLoop, noResult)
	code = code.get(localI).constant(8).op(opMul)
	code = code.get(localI).constant(x.number).op(opAdd).memory(opStore, 2, x.at)
	code = code.get(localI).constant(8).op(opMul)
	code = code.get(localRecord).memory(opStore, 2, x.at+4)
	code = code.get(localRecord)
	code = code.get(localI).constant(x.number).op(opAdd).memory(opStore, 2, x.at)
	// (funcSize + 4*(npcdata+nfuncdata) + 7) &^ 7
	code = code.get(localRecord)
	code = code.get(localRecord).memory(opLoad, 2, x.at+funcNPCData)
	code = code.get(localRecord).memory(opLoadByte, 0, x.at+funcNFuncData)
	code = code.op(opAdd).constant(2).op(opShiftL).constant(funcSize + 7).op(opAdd).constant(-8).op(opAnd)
	code = code.op(opAdd).op(opLocalSet, localRecord)
	code = code.next(x.n)

	code = code.constant(0).op(opLocalSet, localI)
	code = code.op(opLoop, noResult)
	code = code.get(localI).constant(bucketSize).op(opMul)
	code = code.get(localI).constant(bucketShift).op(opShiftU).memory(opStore, 2, b.at)
	code = code.next(b.n)
	return code.op(opEnd)
}

// next ends a loop: i++, and again while i < n.
func (b body) next(n int) body {
	b = b.get(localI).constant(1).op(opAdd).op(opLocalTee, localI)
	return b.constant(n).op(opLessU).op(opBranchIf, 0).op(opEnd)
}
