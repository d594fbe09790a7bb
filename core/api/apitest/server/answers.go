package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func write(w io.Writer, s string) { _, _ = io.WriteString(w, s) }

// echo answers with the request as it came: request line, sorted header lines, an
// empty line, the body. HEAD sees the method in X-Method.
func echo(w http.ResponseWriter, r *http.Request) {
	received, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "half a request", http.StatusBadRequest)
		return
	}
	var b bytes.Buffer
	b.WriteString(r.Method + " " + r.RequestURI + "\n")
	lines := []string{"Content-Length: " + strconv.FormatInt(r.ContentLength, 10)}
	for name, values := range r.Header {
		for _, value := range values {
			if name != "Content-Length" {
				lines = append(lines, name+": "+value)
			}
		}
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, "\n") + "\n\n")
	b.Write(received)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Method", r.Method)
	_, _ = w.Write(b.Bytes())
}

func headers(w http.ResponseWriter, _ *http.Request) {
	for _, field := range [][2]string{
		{"Date", "Sun, 22 Nov 2026 12:00:00 GMT"},
		{"Retry-After", "Sun, 22 Nov 2026 12:01:30 GMT"},
		{"X-List", "a, b,c"},
		{"X-Quoted", `"x, y"; z="1,2"`},
		{"X-Cookie-Like", "id=1; Expires=Sun, 22 Nov 2026 12:00:00 GMT; Path=/"},
		{"X-Twice", "one"},
		{"X-Twice", "two, three"},
		{"Trace-Id", "0123-abcd"},
	} {
		w.Header().Add(field[0], field[1])
	}
	write(w, "ok")
}

func status(w http.ResponseWriter, r *http.Request) {
	code, err := strconv.Atoi(r.PathValue("code"))
	if err != nil || code < 200 || code > 599 {
		code = http.StatusNotImplemented
	}
	w.WriteHeader(code)
	if code != http.StatusNoContent && code != http.StatusResetContent && code != http.StatusNotModified {
		write(w, "status "+strconv.Itoa(code))
	}
}

// cookie sets a cookie and tells those that came.
func cookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "1", Path: "/"})
	write(w, "cookies: "+r.Header.Get("Cookie"))
}

// body answers "size" bytes with "status", in chunks if "chunked".
func body(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	size, _ := strconv.Atoi(query.Get("size"))
	if !query.Has("chunked") {
		w.Header().Set("Content-Length", strconv.Itoa(size))
	}
	if code, err := strconv.Atoi(query.Get("status")); err == nil {
		w.WriteHeader(code)
	}
	_ = http.NewResponseController(w).Flush()
	chunk := bytes.Repeat([]byte("0123456789abcdef"), 1024)
	for size > 0 {
		n, err := w.Write(chunk[:min(size, len(chunk))])
		if err != nil {
			return
		}
		size -= n
	}
}

// gzipped answers "size" zeros, compressed a thousandfold.
func gzipped(w http.ResponseWriter, r *http.Request) {
	size, _ := strconv.Atoi(r.URL.Query().Get("size"))
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Type", "application/octet-stream")
	out := gzip.NewWriter(w)
	zeros := make([]byte, 64<<10)
	for size > 0 {
		n, err := out.Write(zeros[:min(size, len(zeros))])
		if err != nil {
			return
		}
		size -= n
	}
	_ = out.Close()
}

// raw answers bytes that no honest server sends, and hangs up.
func raw(w http.ResponseWriter, r *http.Request) {
	const open = "Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: *\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n"
	answers := map[string]string{
		"nothing":       "",
		"garbage":       "SSH-2.0-OpenSSH_9.2\r\n",
		"half-header":   "HTTP/1.1 200 OK\r\nContent-Ty",
		"half-body":     "HTTP/1.1 200 OK\r\n" + open + "Content-Length: 100\r\n\r\n" + `{"id":"12`,
		"no-body":       "HTTP/1.1 200 OK\r\n" + open + "Content-Length: 100\r\n\r\n",
		"half-chunk":    "HTTP/1.1 200 OK\r\n" + open + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + `{"id":"12`,
		"no-last-chunk": "HTTP/1.1 200 OK\r\n" + open + "Transfer-Encoding: chunked\r\n\r\n9\r\n" + `{"id":"12` + "\r\n",
		"half-refusal":  "HTTP/1.1 500 No\r\n" + open + "Content-Length: 100\r\n\r\n" + `{"message":"12`,
		"until-close":   "HTTP/1.1 200 OK\r\n" + open + "Connection: close\r\n\r\n" + `{"id":"12"}`,
	}
	answer, ok := answers[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	write(conn, answer)
}

// slow does not answer before the client has gone. It notes the request's beginning
// and its end.
func (s *Server) slow(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	s.note(id + ".began")
	select {
	case <-r.Context().Done():
		s.note(id + ".gone")
	case <-time.After(time.Minute):
		write(w, "too late")
	}
}

// stall answers the header and a little of the body at once, and nothing more.
func (s *Server) stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "100")
	write(w, `{"id":"12`)
	_ = http.NewResponseController(w).Flush()
	s.slow(w, r)
}

// redirect points to the second server, which notes each request, or to "/echo/" here.
func (s *Server) redirect(w http.ResponseWriter, r *http.Request) {
	code, _ := strconv.Atoi(r.PathValue("code"))
	query := r.URL.Query()
	switch query.Get("to") {
	case "elsewhere":
		w.Header().Set("Location", s.elsewhere.URL+"/?id="+query.Get("id"))
	case "self":
		w.Header().Set("Location", "/echo/")
	}
	w.WriteHeader(code)
}
