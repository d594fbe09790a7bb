package indicator

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

// TestAllocations counts: none for what is rejected, one for some answers.
func TestAllocations(t *testing.T) {
	rejected := strings.Repeat("The quick brown fox (and 12.5 others) jumps: see a.b/c, x::y, v1.2 or TCP/IP, 2026-11-22, foo_bar[3].\n", 200)
	out := make([]Indicator, 0, 4096)
	assert.LessOrEqual(t, testing.AllocsPerRun(10, func() { out = Append(out[:0], rejected, Options{DropHeld: true}) }), 1.0, "what ends the text is copied")
	rejected += "There were twenty of them."
	assert.Zero(t, testing.AllocsPerRun(10, func() { out = Append(out[:0], rejected, Options{DropHeld: true}) }), "rejected candidates")

	const answers = 400
	plain := strings.Repeat("203.0.113.7 evil.example.org CVE-2021-44228 "+strings.Repeat("5d41402abc4b2a76", 4)+"\n", answers/4)
	n := testing.AllocsPerRun(10, func() { out = Append(out[:0], plain, Options{}) })
	assert.Len(t, out, answers)
	assert.LessOrEqual(t, n/answers, 0.5, "plain answers")

	defanged := strings.Repeat("203.0.113[.]7 hxxps[://]evil[.]example[.]org/x user[@]example[.]org evil(dot)example[.]org\n", answers/4)
	n = testing.AllocsPerRun(10, func() { out = Append(out[:0], defanged, Options{}) })
	assert.Len(t, out, answers)
	assert.LessOrEqual(t, n/answers, 1.0, "defanged answers")
}

func TestAnAnswerIsSmall(t *testing.T) {
	assert.LessOrEqual(t, unsafe.Sizeof(Indicator{}), uintptr(72))
}
