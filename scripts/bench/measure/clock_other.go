//go:build !unix

package measure

import "time"

// clock is the time that work takes by the wall: there is no other in a browser.
func clock(work func()) time.Duration {
	began := time.Now()
	work()
	return time.Since(began)
}
