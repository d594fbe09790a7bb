package main

import (
	"syscall/js"
	"time"
)

// processor is the processor time that Node has taken.
func processor() time.Duration {
	usage := js.Global().Get("process").Call("cpuUsage")
	return time.Duration(usage.Get("user").Int()+usage.Get("system").Int()) * time.Microsecond
}
