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

// woven waits in loops within loops, some of which goto enters in their middle: a function
// is resumed there.
func woven(seed uint32) (sum uint32) {
	next := func() uint32 {
		seed = seed*1664525 + 1013904223
		return seed >> 16
	}
	wait := func(n uint32) {
		if next()%n == 0 {
			runtime.Gosched()
		}
	}
	for i := range next() % 20 {
		wait(3)
		j := uint32(0)
		if i%3 == 0 {
			goto middle
		}
	inner:
		wait(2)
		sum = sum*31 + i
	middle:
		for range next() % 5 {
			wait(4)
			sum += j
			for next()%3 != 0 {
				wait(2)
				sum ^= next()
				if next()%7 == 0 {
					goto out
				}
			}
		}
		if j++; j < next()%9 {
			goto inner
		}
		switch wait(5); next() % 4 {
		case 0:
			continue
		case 1:
			j = 0
			goto middle
		}
	out:
		wait(2)
		sum += 7
	}
	return sum
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
	sums := make([]uint32, 40)
	for i := range sums {
		go func() {
			for n := range uint32(50) {
				sums[i] = sums[i]*33 + woven(uint32(i)<<16+n)
			}
			done <- i
		}()
	}
	for range sums {
		<-done
	}
	fmt.Println("woven", sums)
	fmt.Println("recovered", recovered(1000), "times")
	last()
}
