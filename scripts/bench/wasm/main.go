//go:build js

// Command wasm is the engine with its benchmark as wasm, for Node and for a browser.
// It gives the global object "bench" two functions and stays:
//
//	measure(bytes, documentSize, rounds) → JSON of measure.Figures
//	hostile() → the lines of measure.Hostile
//	find(buffer, length, numbers) → values
//
// find is what an extension does with a page: the text comes as UTF-8 in buffer, the
// answer goes to numbers (an Int32Array: type, start and end of each find, in UTF-16
// units) and as one string with the values, a line each. A value that stands in the text
// as it is does not come again: its type is negative, the complement. An end of 0 is the end.
package main

import (
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"strings"
	"syscall/js"
	"unsafe"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/scripts/bench/measure"
)

func main() {
	var f finder
	bench := js.Global().Get("Object").New()
	bench.Set("measure", js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := make([]byte, args[0].Length())
		js.CopyBytesToGo(text, args[0])
		figures := measure.Run(measure.Documents(string(text), args[1].Int()), args[2].Int(), true)
		out, _ := json.Marshal(figures) // numbers always encode
		return string(out)
	}))
	bench.Set("hostile", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return strings.Join(measure.Hostile(args[0].Float(), []int{256 << 10}, 2), "\n")
	}))
	bench.Set("row", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var figures measure.Figures
		_ = json.Unmarshal([]byte(args[1].String()), &figures) // made by measure above
		return figures.Row(args[0].String())
	}))
	bench.Set("head", measure.Head)
	bench.Set("find", js.FuncOf(func(_ js.Value, args []js.Value) any { return f.find(args[0], args[1].Int(), args[2]) }))
	js.Global().Set("bench", bench)
	select {}
}

// finder keeps what one scan after the other needs.
type finder struct {
	text    []byte
	finds   []indicator.Indicator
	numbers []int32
	values  []byte
}

func (f *finder) find(buffer js.Value, length int, numbers js.Value) any {
	if cap(f.text) < length {
		f.text = make([]byte, length)
	}
	f.text = f.text[:length]
	js.CopyBytesToGo(f.text, buffer)
	f.finds = indicator.Append(f.finds[:0], unsafe.String(unsafe.SliceData(f.text), length), indicator.Options{DropHeld: true})
	f.numbers, f.values = f.numbers[:0], f.values[:0]
	at, units := 0, 0
	for _, x := range f.finds {
		units += utf16Length(f.text[at:x.Span.Start])
		start := units
		units += utf16Length(f.text[x.Span.Start:x.Span.End])
		at = x.Span.End
		kind := int32(x.Type)
		if string(f.text[x.Span.Start:x.Span.End]) == x.Value {
			kind = ^kind
		} else {
			f.values = append(append(f.values, x.Value...), '\n')
		}
		f.numbers = append(f.numbers, kind, int32(start), int32(units))
	}
	f.numbers = append(f.numbers, 0, 0, 0) // none ends at 0
	js.CopyBytesToJS(numbers, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(f.numbers))), 4*len(f.numbers)))
	return string(f.values)
}

// utf16Length counts the UTF-16 units of UTF-8: as many as there are bytes, without those
// that carry on a character, and one more for a character beyond the first plane.
func utf16Length(b []byte) (n int) {
	const ends = 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		x := binary.LittleEndian.Uint64(b)
		n += 8 - bits.OnesCount64(x&^(x<<1)&ends) + bits.OnesCount64(x&(x<<1)&(x<<2)&(x<<3)&ends)
	}
	for _, c := range b {
		if c < 0x80 || c >= 0xc0 {
			n++
		}
		if c >= 0xf0 {
			n++
		}
	}
	return n
}
