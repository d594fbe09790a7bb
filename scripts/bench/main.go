// Command bench measures the engine natively, and writes the texts for the other
// runs: scripts/bench/run calls it.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/scripts/bench/measure"
	"github.com/sightline-sec/sightline/testdata/bench"
)

const (
	mixedSize = 12_000_000
	shapeSize = 4_000_000
	// documentSize is that of a document, 64 KiB.
	documentSize = 64 << 10
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	texts := flag.String("texts", "", "folder to write the texts to, for the runs as wasm")
	corpora := flag.String("corpora", "", "folder of the labelled corpora, where there is one")
	profile := flag.String("cpuprofile", "", "file to write a processor profile of the engine to, instead of measuring it")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	named, err := all(*corpora)
	if err == nil && *texts != "" {
		err = write(*texts, named)
	}
	switch {
	case err != nil:
	case *profile != "":
		err = writeProfile(*profile, named)
	default:
		report(os.Stdout, named)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// writeProfile writes a profile of the engine on the texts, without those that are hostile.
func writeProfile(file string, texts []text) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	for _, t := range texts {
		measure.Run(measure.Documents(t.text, documentSize), 150, false)
	}
	pprof.StopCPUProfile()
	return f.Close()
}

type text struct{ name, text string }

// all are the texts, the mixed one first.
func all(corpora string) ([]text, error) {
	whole, err := mixed(corpora)
	if err != nil {
		return nil, err
	}
	texts := []text{whole}
	for _, shape := range bench.Shapes() {
		texts = append(texts, text{shape.Name, shape.Text(shapeSize)})
	}
	return texts, nil
}

// mixed is the text of the labelled corpora or, without them, of all our shapes.
func mixed(corpora string) (text, error) {
	var b strings.Builder
	name := "mixed"
	if _, err := os.Stat(corpora); corpora == "" || err != nil {
		name = "own mixed"
		for _, shape := range bench.Shapes() {
			b.WriteString(shape.Text(200_000))
		}
	} else {
		for _, file := range []string{"reports", "noise", "peers-cases"} {
			if err := appendTexts(&b, filepath.Join(corpora, file+".jsonl")); err != nil {
				return text{}, err
			}
		}
	}
	one := b.String()
	for b.Len() < mixedSize {
		b.WriteString(one)
	}
	return text{name, b.String()[:mixedSize]}, nil
}

func appendTexts(b *strings.Builder, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	decoder := json.NewDecoder(bufio.NewReader(f))
	for {
		var line struct {
			Text string `json:"text"`
		}
		switch err := decoder.Decode(&line); err {
		case nil:
			b.WriteString(line.Text)
			b.WriteByte('\n')
		case io.EOF:
			return nil
		default:
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

// write leaves the texts and a list of them.
func write(folder string, texts []text) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	list := struct {
		Texts   []string `json:"texts"`
		Hostile []string `json:"hostile"`
	}{}
	for _, t := range texts {
		list.Texts = append(list.Texts, t.name)
		if err := os.WriteFile(filepath.Join(folder, t.name+".txt"), []byte(t.text), 0o644); err != nil {
			return err
		}
	}
	for _, piece := range bench.Hostile() {
		list.Hostile = append(list.Hostile, strconv.QuoteToASCII(piece)) // not all of them are UTF-8
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "texts.json"), raw, 0o644)
}

func report(w io.Writer, texts []text) {
	fmt.Fprintf(w, "\n== native, %s, one core, processor time, documents of 64 KiB\n%s\n", runtime.Version(), measure.Head)
	var mean float64
	for i, t := range texts {
		f := measure.Run(measure.Documents(t.text, documentSize), 8, true)
		if i == 0 {
			mean = f.Scan
		}
		fmt.Fprintln(w, f.Row(t.name))
	}
	fmt.Fprintln(w, "\n== native, growth: one document of "+texts[0].name+" text")
	for _, size := range []int{64 << 10, 1 << 20, 16 << 20, 64 << 20} {
		doc := texts[0].text
		for len(doc) < size {
			doc += doc
		}
		f := measure.Run([]string{doc[:size]}, max(3, min(40, 64<<20/size)), false)
		fmt.Fprintf(w, "%9s %7.0f MB/s\n", measure.Size(size), f.Scan)
	}
	fmt.Fprintln(w, "\n== native, hostile: one document of a piece repeated; the goal is a quarter of the mean at every size")
	for _, line := range measure.Hostile(mean, []int{64 << 10, 1 << 20}, 3) {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintln(w, measure.Largest(mean, 64<<20))
}
