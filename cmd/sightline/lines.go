package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// line is one document of the input.
type line struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// work is a line on its way through the pipe; answered is closed over by one worker.
type work struct {
	number   int
	raw      []byte
	answered chan result
}

type result struct {
	out []byte
	err error
}

// lines answers JSON lines, in their order, on all processors. A line that cannot
// be read is reported with its number; the others are answered, and the command
// fails at the end.
func (e *extractor) lines(ctx context.Context, name string, in *bufio.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	n := runtime.GOMAXPROCS(0)
	todo, order := make(chan work), make(chan work, 4*n)
	for range n {
		go func() {
			for w := range todo {
				w.answered <- e.line(w)
			}
		}()
	}
	ended := make(chan error, 1)
	go func() {
		defer close(todo)
		defer close(order)
		ended <- feed(ctx, in, todo, order)
	}()
	bad := 0
	for w := range order {
		r := <-w.answered
		if r.err != nil {
			bad++
			fmt.Fprintf(e.env.stderr, "sightline: %s, line %d: %s\n", printable(name), w.number, printable(r.err.Error()))
			continue
		}
		if err := e.answer(r.out); err != nil {
			return err
		}
	}
	if err := <-ended; err != nil {
		return err
	}
	if bad > 0 {
		return fmt.Errorf("%s of %s could not be read", count(bad, "line"), name)
	}
	return nil
}

// feed hands lines to the workers until the input or ctx ends.
func feed(ctx context.Context, in *bufio.Reader, todo, order chan<- work) error {
	for number := 1; ; number++ {
		raw, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(raw)) > 0 {
			w := work{number, raw, make(chan result, 1)}
			select {
			case order <- w:
			case <-ctx.Done():
				return ctx.Err()
			}
			todo <- w // workers never stop before todo is closed
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (e *extractor) line(w work) result {
	var l line
	if err := json.Unmarshal(w.raw, &l); err != nil {
		return result{err: errors.New(`not a line of {"id","text"}`)}
	}
	return result{out: e.output.encode(l.ID, scan(l.Text, e.options))}
}
