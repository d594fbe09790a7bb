//go:build unix

package main

import (
	"os"
	"syscall"
)

// isOurs reports whether a signal is meant for this process alone: Go's runtime
// preempts goroutines by SIGURG, and SIGCHLD tells of the child's end.
func isOurs(s os.Signal) bool { return s == syscall.SIGURG || s == syscall.SIGCHLD }
