//go:build !js

package station

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"
)

// Limits of the native server. Header bytes are with the 4096 that net/http adds.
const (
	maxHeader     = 12 << 10
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	// stopTimeout is how long running requests may take after the end was asked for.
	stopTimeout = 10 * time.Second
)

// Serve answers requests on ln until ctx ends, then accepts no more, lets running
// requests finish within ten seconds, and returns nil. It closes ln.
//
// On a loopback address it refuses requests under another host's name and requests
// that a web page sends: a page in the user's browser reaches loopback too, by its
// own name once that name is bound to 127.0.0.1.
func Serve(ctx context.Context, ln net.Listener, handler http.Handler) error {
	if host, _, err := net.SplitHostPort(ln.Addr().String()); err == nil {
		if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
			handler = loopbackOnly(handler)
		}
	}
	server := &http.Server{
		Handler:           handler,
		MaxHeaderBytes:    maxHeader,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		// It would print addresses and parts of broken requests.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		err := server.Shutdown(grace)
		if err != nil {
			_ = server.Close()
		}
		stopped <- err
	})
	err := server.Serve(ln)
	if !stop() && errors.Is(err, http.ErrServerClosed) {
		return <-stopped
	}
	return err
}

// loopbackOnly lets through what names loopback as its host and does not come from
// a web page. Extensions have an origin of another scheme, or none.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := strings.ToLower(r.Header.Get("Origin"))
		switch {
		case !loopbackHost(r.Host):
			refuse(w, r, "This server answers under the names 127.0.0.1, [::1] and localhost only.")
		case strings.HasPrefix(origin, "http://") || strings.HasPrefix(origin, "https://"):
			refuse(w, r, "This server does not answer web pages.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func loopbackHost(hostport string) bool {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func refuse(w http.ResponseWriter, r *http.Request, message string) {
	body, _ := encode(errorBody{
		Timestamp: time.Now().UnixMilli(),
		Status:    http.StatusForbidden,
		Error:     http.StatusText(http.StatusForbidden),
		Message:   message,
		Path:      r.URL.Path,
	})
	writeBody(w, http.StatusForbidden, "application/json", body)
}
