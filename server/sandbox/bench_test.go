package sandbox

import "testing"

func BenchmarkNew2000(b *testing.B) {
	for b.Loop() {
		s, err := New(b.Context(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
