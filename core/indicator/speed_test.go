//go:build unix

package indicator

import (
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time that this process has used: on a machine with other work
// it says more than the clock.
func cpu() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// BenchmarkRatio measures scan and token loop in turn and reports the ratio of their
// best speeds, in processor time.
func BenchmarkRatio(b *testing.B) {
	docs := mixedText(b, 12_000_000)
	var out []Indicator
	scan, loop := time.Hour, time.Hour
	for b.Loop() {
		t := cpu()
		for _, d := range docs {
			out = Append(out[:0], d, Options{})
		}
		scan = min(scan, cpu()-t)
		t = cpu()
		for _, d := range docs {
			tokenLoop(d)
		}
		loop = min(loop, cpu()-t)
	}
	b.ReportMetric(12/scan.Seconds(), "scan-MB/s")
	b.ReportMetric(12/loop.Seconds(), "loop-MB/s")
	b.ReportMetric(float64(loop)/float64(scan), "ratio")
}
