// Package server answers the conformance table of apitest. It is for tests alone,
// and listens on 127.0.0.1 on ports that the system chooses.
//
// Any origin may ask it: a table that runs in a browser's page comes from another port.
package server

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
)

// Server is a running server with a second one beside it, to which redirects
// point.
type Server struct {
	// URL of the server, without a slash at its end.
	URL string

	main, elsewhere *httptest.Server
	closed          string

	mu   sync.Mutex
	seen map[string]int
}

// Route is something else that the server answers: a platform's table of operations.
type Route struct {
	// Pattern is http.ServeMux's.
	Pattern string
	Handler http.Handler
}

// Start starts both servers. Close stops them.
func Start(more ...Route) *Server {
	s := &Server{seen: map[string]int{}, closed: closedAddress()}
	s.elsewhere = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.note(r.URL.Query().Get("id"))
		w.WriteHeader(http.StatusOK)
	}))
	s.main = httptest.NewServer(openToAll(s.routes(more)))
	s.URL = s.main.URL
	return s
}

// Close ends both servers and whatever they were answering.
func (s *Server) Close() {
	for _, server := range []*httptest.Server{s.main, s.elsewhere} {
		server.CloseClientConnections()
		server.Close()
	}
}

func (s *Server) routes(more []Route) http.Handler {
	mux := http.NewServeMux()
	for _, route := range more {
		mux.Handle(route.Pattern, route.Handler)
	}
	mux.HandleFunc("/echo/", echo)
	mux.HandleFunc("/headers", headers)
	mux.HandleFunc("/status/{code}", status)
	mux.HandleFunc("/cookie", cookie)
	mux.HandleFunc("/body", body)
	mux.HandleFunc("/gzip", gzipped)
	mux.HandleFunc("/raw/{name}", raw)
	mux.HandleFunc("/slow", s.slow)
	mux.HandleFunc("/stall", s.stall)
	mux.HandleFunc("/redirect/{code}", s.redirect)
	mux.HandleFunc("/seen", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		write(w, strconv.Itoa(s.seen[r.URL.Query().Get("id")]))
	})
	mux.HandleFunc("/closed", func(w http.ResponseWriter, _ *http.Request) { write(w, s.closed) })
	return mux
}

// note counts an event under the id that the client chose; "/seen" tells.
func (s *Server) note(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[id]++
}

// openToAll lets pages of every origin ask, and answers their preflights. OPTIONS
// itself stays testable: a preflight has Access-Control-Request-Method.
func openToAll(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Access-Control-Expose-Headers", "*")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			header.Set("Access-Control-Allow-Methods", r.Header.Get("Access-Control-Request-Method"))
			header.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
			header.Set("Access-Control-Max-Age", "600")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// closedAddress returns a URL at which nothing listens.
func closedAddress() string {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer func() { _ = listener.Close() }()
	return "http://" + listener.Addr().String()
}
