//go:build js

package measure

import (
	"syscall/js"
	"time"
)

// clock is the time that work takes by the host's clock: Node counts the processor's
// time, a browser has the wall's alone.
func clock(work func()) time.Duration {
	now := js.Global().Get("benchClock")
	began := now.Invoke().Float()
	work()
	return time.Duration((now.Invoke().Float() - began) * float64(time.Millisecond))
}
