// Package sorting sorts without package sort, which links reflection, and without
// package slices, which is compiled anew for every type: 5 to 10 KB of gzipped wasm each.
package sorting

// Order returns the numbers from 0 to n-1 in the order of less, which tells whether
// what stands at a comes before what stands at b. What is equal stays as it was.
// It takes n log n steps, whatever the order.
func Order(n int, less func(a, b int) bool) []int {
	sorted, next := make([]int, n), make([]int, n)
	for i := range sorted {
		sorted[i] = i
	}
	for width := 1; width < n; width *= 2 {
		for start := 0; start < n; start += 2 * width {
			middle, end := min(start+width, n), min(start+2*width, n)
			merge(next[start:end], sorted[start:middle], sorted[middle:end], less)
		}
		sorted, next = next, sorted
	}
	return sorted
}

// merge writes two sorted lists into one.
func merge(into, left, right []int, less func(a, b int) bool) {
	for i := range into {
		if len(left) == 0 || len(right) > 0 && less(right[0], left[0]) {
			into[i], right = right[0], right[1:]
		} else {
			into[i], left = left[0], left[1:]
		}
	}
}
