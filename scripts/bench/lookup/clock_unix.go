//go:build unix

package main

import (
	"syscall"
	"time"
)

// processor is the processor time that this program has taken: on a machine with other
// work it says more than the wall clock does.
func processor() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r) // fails for no argument that this is
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
