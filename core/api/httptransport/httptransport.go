// Package httptransport is [api.Transport] over net/http: the one native door to
// the network. Nothing that is compiled to wasm imports it; net/http's client costs
// 6.8 MB there.
//
// It follows no redirects, keeps no cookies, verifies certificates but for hosts that
// Config names, and uses a proxy only when Config says so: a request's credentials go to the host of its URL
// and nowhere else. Compressed answers are decoded, and limits count decoded bytes.
package httptransport

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// maxHeader is the most that an answer's header may take, in bytes.
const maxHeader = 256 << 10

// Config of a Transport. The zero value is ready to use.
type Config struct {
	// Roots are the certificate authorities to believe; nil means the system's.
	Roots *x509.CertPool

	// Unverified names hosts whose certificates are not verified; the zero value none.
	Unverified Unverified

	// ProxyFromEnvironment uses HTTPS_PROXY, HTTP_PROXY and NO_PROXY as curl does.
	ProxyFromEnvironment bool

	// UserAgent is sent with requests that have none; "" sends net/http's.
	UserAgent string
}

// Transport is an [api.Transport]. Make it with New and keep it: it holds the idle connections.
type Transport struct {
	base      *http.Transport
	open      *http.Transport // verifies nothing; nil when there are no such hosts
	verified  *verification
	userAgent string
}

var _ api.Transport = (*Transport)(nil)

// New returns a Transport.
func New(config Config) *Transport {
	base := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: config.Roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    8, // look-ups keep six calls in flight
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}
	if config.ProxyFromEnvironment {
		base.Proxy = http.ProxyFromEnvironment
	}
	t := &Transport{base: base, verified: &verification{Unverified: config.Unverified}, userAgent: config.UserAgent}
	if len(config.Unverified.Hosts) > 0 && config.Unverified.Warn != nil {
		t.open = unverifying(base)
	}
	return t
}

// Close closes idle connections. The Transport may be used again.
func (t *Transport) Close() {
	t.base.CloseIdleConnections()
	if t.open != nil {
		t.open.CloseIdleConnections()
	}
}

// RoundTrip sends req; see [api.Transport] for its errors.
func (t *Transport) RoundTrip(ctx context.Context, req *api.Request) (*api.Response, error) {
	if err := req.Check(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inner, cancel := withTimeout(ctx, req.Timeout)
	defer cancel()
	sent, err := t.request(inner, req)
	if err != nil {
		return nil, &api.InvalidError{Field: "request", Problem: "cannot be sent"}
	}
	// The Transport and not a Client: it follows nothing and keeps nothing.
	base := t.base
	if t.open != nil && t.verified.off(sent.URL.Scheme, sent.URL.Host) {
		base = t.open
	}
	answer, err := base.RoundTrip(sent)
	if err != nil {
		return nil, failure(ctx, inner, api.ExchangeFor(req, nil), err)
	}
	defer func() { _ = answer.Body.Close() }()
	resp := &api.Response{Status: answer.StatusCode, Header: header(answer.Header)}
	exchange := api.ExchangeFor(req, resp)
	if isRedirect(resp.Status) {
		return nil, &api.RedirectError{Exchange: exchange}
	}
	if resp.Body, err = readBody(answer.Body, resp.Status, req.MaxBody); err != nil {
		if errors.Is(err, errTooLarge) {
			return nil, &api.BodyTooLargeError{Exchange: exchange, Limit: limit(req.MaxBody)}
		}
		return nil, failure(ctx, inner, exchange, err)
	}
	return resp, nil
}

func withTimeout(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	switch {
	case timeout < 0:
		return context.WithCancel(ctx)
	case timeout == 0:
		timeout = api.DefaultTimeout
	}
	return context.WithTimeout(ctx, timeout)
}

func (t *Transport) request(ctx context.Context, req *api.Request) (*http.Request, error) {
	var body io.Reader
	if len(req.Body) > 0 { // an empty reader would be sent chunked
		body = bytes.NewReader(req.Body)
	}
	sent, err := http.NewRequestWithContext(ctx, req.Method, req.URL, body)
	if err != nil {
		return nil, err
	}
	for _, field := range req.Header {
		sent.Header.Add(field.Name, field.Value)
	}
	if t.userAgent != "" && sent.Header.Get("User-Agent") == "" {
		sent.Header.Set("User-Agent", t.userAgent)
	}
	return sent, nil
}

func header(from http.Header) api.Header {
	var to api.Header
	for name, values := range from {
		for _, value := range values {
			to.Add(name, value)
		}
	}
	return to
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

var errTooLarge = errors.New("too large")

func limit(maxBody int64) int64 {
	if maxBody <= 0 {
		return api.DefaultMaxBody
	}
	return maxBody
}

// readBody reads a good answer to its end or fails, and cuts a bad one: its words are all that matters.
func readBody(body io.Reader, status int, maxBody int64) ([]byte, error) {
	if status < 200 || status > 299 {
		return io.ReadAll(io.LimitReader(body, api.MaxErrorBody))
	}
	most := limit(maxBody)
	b, err := io.ReadAll(io.LimitReader(body, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > most {
		return nil, errTooLarge
	}
	return b, nil
}

// failure tells the end of the caller's context from the end of the exchange's own time.
func failure(ctx, inner context.Context, exchange api.Exchange, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var quoting *url.Error
	if errors.As(err, &quoting) { // its text holds the whole URL
		err = quoting.Err
	}
	var network net.Error
	timeout := inner.Err() != nil || errors.As(err, &network) && network.Timeout()
	return &api.NetworkError{Exchange: exchange, Timeout: timeout, Cause: err}
}
