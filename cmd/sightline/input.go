package main

import (
	"fmt"
	"io"
	"os"

	"github.com/sightline-sec/sightline/cmd/sightline/internal/document"
)

// maxInput is the largest file that is read whole: 256 MiB.
const maxInput = 256 << 20

// open returns a file, or standard input for "-".
func (env environment) open(name string) (io.ReadCloser, error) {
	if name == "-" || name == "" {
		return io.NopCloser(env.stdin), nil
	}
	return os.Open(name)
}

// read returns a document whole.
func (env environment) read(name, format string) (document.Document, error) {
	f, err := env.open(name)
	if err != nil {
		return document.Document{}, err
	}
	defer f.Close()
	return readDocument(name, f, format)
}

func readDocument(name string, r io.Reader, format string) (document.Document, error) {
	data, err := io.ReadAll(io.LimitReader(document.NewReader(r), maxInput+1))
	if err != nil {
		return document.Document{}, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > maxInput {
		return document.Document{}, fmt.Errorf("%s is larger than %d MiB", name, maxInput>>20)
	}
	as := document.Format(format)
	if format == "auto" {
		as = document.Detect(name, data)
	}
	if as == document.Lines {
		return document.Document{}, usageError("JSON lines are for extract alone")
	}
	return document.Read(name, data, as), nil
}
