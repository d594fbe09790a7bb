//go:build !js

package lookup_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/report"
)

// A host that ends hands the memory on: nothing is asked twice all the same.
func TestAMemoryOutlivesItsHost(t *testing.T) {
	t.Parallel()
	at := now
	o := &oracle{}
	clock := func() time.Time { return at }
	memory := lookup.NewMemory(clock)
	first := ask(t, lookup.NewRemembered(o, memory))
	text := memory.Text("t")

	load := func(text, name string) *lookup.Memory {
		next := lookup.NewMemory(clock)
		lookup.LoadMemories(text, func(of string) *lookup.Memory {
			if of == name {
				return next
			}
			return nil
		})
		return next
	}
	assert.Equal(t, first, ask(t, lookup.NewRemembered(o, load(text, "t"))))
	assert.Equal(t, first, ask(t, lookup.NewRemembered(o, load(lookup.NewMemory(clock).Text("other")+text, "t"))), "of several")
	assert.Len(t, o.asked, 1)

	for _, other := range []*lookup.Memory{load(text, "other"), load(text[:len(text)-1], "t"), load("", "t"), load("{}", "t")} {
		before := len(o.asked)
		ask(t, lookup.NewRemembered(o, other))
		assert.Len(t, o.asked, before+1)
	}
	at = now.Add(11 * time.Minute)
	before := len(o.asked)
	ask(t, lookup.NewRemembered(o, load(text, "t")))
	assert.Len(t, o.asked, before+1, "what is too old is not remembered")
}

// Whatever a host gives back is read without a panic, and within its own length.
func FuzzLoadMemories(f *testing.F) {
	clock := func() time.Time { return now }
	memory := lookup.NewMemory(clock)
	_ = lookup.NewRemembered(&oracle{}, memory).Find(f.Context(), []report.Reference{rare, common})
	f.Add(memory.Text("t"))
	f.Add("7:memory11:t1:1")
	f.Add("7:memory11:t19:9999999999999999999")
	f.Fuzz(func(t *testing.T, text string) {
		read := lookup.NewMemory(clock)
		lookup.LoadMemories(text, func(string) *lookup.Memory { return read })
		again := lookup.NewMemory(clock)
		lookup.LoadMemories(read.Text("t"), func(string) *lookup.Memory { return again })
		assert.Len(t, again.Text("t"), len(read.Text("t")))
	})
}
