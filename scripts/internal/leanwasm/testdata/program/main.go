// Command program is what the tests of leanwasm run: it does what needs the tables that
// are kept, and ends by a panic.
package main

import (
	"fmt"
	"runtime"
)

type node struct {
	next  *node
	bytes []byte
}

// deep grows the stack, with pointers on it, while garbage is collected.
func deep(n int, below *node) int {
	here := &node{next: below, bytes: make([]byte, 64)}
	if n%500 == 0 {
		runtime.GC()
	}
	if n == 0 {
		count := 0
		for at := here; at != nil; at = at.next {
			count += len(at.bytes)
		}
		return count
	}
	sum := deep(n-1, here)
	runtime.KeepAlive(here)
	return sum
}

func recovered(n int) (count int) {
	for i := range n {
		func() {
			defer func() {
				if recover() != nil {
					count++
				}
			}()
			var list []int
			list[i] = 1
		}()
	}
	return count
}

//go:noinline
func last() { panic("the end") }

func main() {
	done := make(chan int)
	for i := range 8 {
		go func() { done <- deep(2000+i, nil) }()
	}
	sum := 0
	for range 8 {
		sum += <-done
	}
	fmt.Println("deep", sum)
	fmt.Println("recovered", recovered(1000), "times")
	last()
}
