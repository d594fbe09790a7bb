// Package sorting sorts without package sort, which links reflection, and without
// package slices, which is compiled anew for every type: 5 to 10 KB of gzipped wasm each.
package sorting

// Order returns the numbers from 0 to n-1 in the order of less, which tells whether
// what stands at a comes before what stands at b. What is equal stays as it was.
// It takes n log n steps at most, and n for what is in order already: a merge sort
// of the runs that it finds.
func Order(n int, less func(a, b int) bool) []int {
	sorted, next := make([]int, n), make([]int, n)
	var ends []int // of the runs
	for i := range sorted {
		sorted[i] = i
		if i > 0 && less(i, i-1) {
			ends = append(ends, i)
		}
	}
	ends = append(ends, n)
	for len(ends) > 1 {
		start, merged := 0, ends[:0]
		for i := 0; i < len(ends); i += 2 {
			middle, end := ends[i], ends[min(i+1, len(ends)-1)]
			merge(next[start:end], sorted[start:middle], sorted[middle:end], less)
			merged = append(merged, end)
			start = end
		}
		ends = merged
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
