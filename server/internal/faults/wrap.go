package faults

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"strconv"
	"time"
)

const (
	// pieces is in how many parts a slow body goes out.
	pieces = 10
	// oversize is what Oversized sends where the fault does not say: a MiB more than
	// clients of this project take by default.
	oversize = 9 << 20
)

// Wrap puts the faults around a handler. operation names a request; "" is for what no
// fault may strike.
func (s *Set) Wrap(h http.Handler, operation func(*http.Request) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := operation(r)
		f, struck := s.next(name)
		if !struck {
			counted := &statusWriter{ResponseWriter: w}
			h.ServeHTTP(counted, r)
			s.served(r, "", counted.status)
			return
		}
		status := 0
		switch {
		case f.Kind == CutBefore:
			wait(r, f.delay())
			cut(w)
		case f.Kind.Replaces():
			a := s.Dialect.answer(f, name)
			status = a.Status
			wait(r, f.delay())
			a.send(w)
		default:
			status = f.spoil(w, r, h)
		}
		s.served(r, f.Kind, status)
	})
}

func (s *Set) served(r *http.Request, kind Kind, status int) {
	if s.Served != nil {
		s.Served(r, kind, status)
	}
}

// statusWriter remembers the status of an answer that no fault touches.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// spoil lets the handler act and sends its answer in the fault's way. It returns the
// status that the client can see.
func (f Fault) spoil(w http.ResponseWriter, r *http.Request, h http.Handler) int {
	if f.Kind == ClockSkew {
		by := time.Duration(f.SkewSeconds) * time.Second
		r = r.WithContext(context.WithValue(r.Context(), skewKey{}, by))
	}
	a := record(h, r)
	switch f.Kind {
	case Cut:
		wait(r, f.delay())
		cut(w)
		return 0
	case Half:
		wait(r, f.delay())
		w.Header().Set("Content-Length", strconv.Itoa(max(len(a.Body), 1)))
		a.Body = a.Body[:len(a.Body)/2]
		a.send(w)
		_ = http.NewResponseController(w).Flush() // the client may be gone
		cut(w)
	case Slow:
		f.drip(w, r, a)
	case Oversized:
		wait(r, f.delay())
		f.pad(w, a)
	case ClockSkew:
		w.Header().Set("Date", time.Now().Add(Skew(r.Context())).UTC().Format(http.TimeFormat))
		wait(r, f.delay())
		a.send(w)
	}
	return a.Status
}

func (f Fault) delay() time.Duration { return time.Duration(f.DelayMilliseconds) * time.Millisecond }

func (f Fault) drip(w http.ResponseWriter, r *http.Request, a Answer) {
	total := f.delay()
	if total == 0 {
		total = time.Second
	}
	whole := a.Body
	w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
	a.Body = nil
	a.send(w)
	control := http.NewResponseController(w)
	for i := range pieces {
		_ = control.Flush() // the client may be gone; the next wait ends then
		if !wait(r, total/pieces) {
			return
		}
		_, _ = w.Write(whole[len(whole)*i/pieces : len(whole)*(i+1)/pieces])
	}
}

func (f Fault) pad(w http.ResponseWriter, a Answer) {
	a.Header.Del("Content-Length") // that of the real answer would end it there
	a.send(w)
	size := f.SizeBytes
	if size == 0 {
		size = oversize
	}
	blanks := bytes.Repeat([]byte(" "), 64<<10)
	for left := size - int64(len(a.Body)); left > 0; left -= int64(len(blanks)) {
		if _, err := w.Write(blanks[:min(left, int64(len(blanks)))]); err != nil {
			return // the client has had enough
		}
	}
}

type skewKey struct{}

// Skew is how far ahead the server's clock is for a request, by its context.
func Skew(ctx context.Context) time.Duration {
	by, _ := ctx.Value(skewKey{}).(time.Duration)
	return by
}

// wait reports whether the client stayed.
func wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// cut closes the connection with a reset, so that no client takes it for an end.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 has no connection of its own to cut
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
