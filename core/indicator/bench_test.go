package indicator

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// tokenLoop is the two-state loop over the classes that bounds any design that looks
// at words: what the engine's speed is compared with.
func tokenLoop(text string) (tokens int, bits class) {
	for i := 0; i < len(text); {
		if classes[text[i]]&cSpace != 0 {
			i++
			continue
		}
		var seen class
		for i < len(text) {
			c := classes[text[i]]
			if c&cSpace != 0 {
				break
			}
			seen |= c
			i++
		}
		bits |= seen
		tokens++
	}
	return tokens, bits
}

// mixedText is the text of the labelled corpora in file order, in documents of 64 KiB,
// or, where they are absent, our own sentences repeated.
func mixedText(tb testing.TB, size int) []string {
	tb.Helper()
	var b strings.Builder
	for _, name := range []string{"reports", "noise", "peers-cases"} {
		f, err := os.Open("../../../shared/corpora/dev/" + name + ".jsonl")
		if err != nil {
			break
		}
		lines := bufio.NewReaderSize(f, 1<<20)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				break
			}
			var doc struct {
				Text string `json:"text"`
			}
			if json.Unmarshal(line, &doc) == nil {
				b.WriteString(doc.Text)
				b.WriteByte('\n')
			}
		}
		f.Close()
	}
	if b.Len() == 0 {
		b.WriteString(proseText)
	}
	one := b.String()
	for b.Len() < size {
		b.WriteString(one)
	}
	whole := b.String()[:size]
	var docs []string
	for len(whole) > 64<<10 {
		docs = append(docs, whole[:64<<10])
		whole = whole[64<<10:]
	}
	return append(docs, whole)
}

const (
	proseText = "The operators used a well-known loader to reach the second stage in March. It was delivered by mail, and the archive held a shortcut. " +
		"Once it ran, the host contacted update.example-cdn.net and asked for a list of tasks. We saw no lateral movement, but the keys were read.\n"
	denseText = "203.0.113.7\nevil-domain.example.net\nhttps://bad.example.org/a/b?c=d\n5d41402abc4b2a76b9719d911017c592\n" +
		"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\nCVE-2021-44228\nuser@mail.example.com\n"
	defangedText = "hxxps[://]bad[.]example[.]org/a/b\nevil[.]example[.]net\n203.0.113[.]7\nuser[@]mail[.]example[.]com\n"
	minifiedText = `!function(t,e){"object"==typeof exports?module.exports=e():t.lib=e()}(this,function(){var a=t.b.c(d),f=[1,2.5,3];return a?f.map(e=>e*2):g.h[i]});`
	logText      = `198.51.100.23 - - [10/Oct/2026:13:55:36 +0000] "GET /index.html HTTP/1.1" 200 2326 "https://www.example.com/start" "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/142.0"` + "\n"
)

func benchmarkScan(b *testing.B, docs []string) {
	size := 0
	for _, d := range docs {
		size += len(d)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var out []Indicator
	for b.Loop() {
		for _, d := range docs {
			out = Append(out[:0], d, Options{})
		}
	}
}

func BenchmarkMixed(b *testing.B) { benchmarkScan(b, mixedText(b, 12_000_000)) }

func BenchmarkMixedTokenLoop(b *testing.B) {
	docs := mixedText(b, 12_000_000)
	b.SetBytes(12_000_000)
	for b.Loop() {
		for _, d := range docs {
			tokenLoop(d)
		}
	}
}

func BenchmarkShapes(b *testing.B) {
	for _, shape := range []struct{ name, text string }{
		{"prose", proseText},
		{"dense", denseText},
		{"defanged", defangedText},
		{"minified", minifiedText},
		{"log", logText},
	} {
		doc := strings.Repeat(shape.text, (1<<20)/len(shape.text))
		b.Run(shape.name, func(b *testing.B) { benchmarkScan(b, []string{doc}) })
	}
}

func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		doc := strings.Repeat(h, (1<<18)/len(h))
		b.Run(strings.ReplaceAll(h, "/", "|"), func(b *testing.B) { benchmarkScan(b, []string{doc}) })
	}
}

func BenchmarkGrowth(b *testing.B) {
	for _, size := range []int{64 << 10, 1 << 20, 16 << 20, 64 << 20} {
		doc := strings.Join(mixedText(b, size), "")
		b.Run(strings.Repeat("x", 0)+itoa(size>>10)+"KiB", func(b *testing.B) { benchmarkScan(b, []string{doc}) })
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
