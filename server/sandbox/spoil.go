package sandbox

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// pieces is in how many parts a slow body goes out.
const pieces = 10

// send sends a in the fault's way.
func (f Fault) send(w http.ResponseWriter, r *http.Request, a answer) {
	switch f.Kind {
	case FaultCut:
		wait(r, f.delay())
		cut(w)
	case FaultHalf:
		wait(r, f.delay())
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
		a.body = a.body[:len(a.body)/2]
		a.send(w)
		_ = http.NewResponseController(w).Flush() // the client may be gone
		cut(w)
	case FaultSlow:
		f.drip(w, r, a)
	default:
		wait(r, f.delay())
		a.send(w)
	}
}

func (f Fault) drip(w http.ResponseWriter, r *http.Request, a answer) {
	total := f.delay()
	if total == 0 {
		total = time.Second
	}
	whole := a.body
	w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
	a.body = nil
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
