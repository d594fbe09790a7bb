//go:build !js

package httptransport_test

import (
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest"
	"github.com/sightline-sec/sightline/core/api/apitest/server"
	"github.com/sightline-sec/sightline/core/api/httptransport"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	s := server.Start()
	t.Cleanup(s.Close)
	apitest.Run(t, func() api.Transport {
		transport := httptransport.New(httptransport.Config{})
		t.Cleanup(transport.Close)
		return transport
	}, s.URL)
}

func TestCertificatesAreVerified(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.UserAgent())
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it would report the refused handshake
	s.StartTLS()
	t.Cleanup(s.Close)
	req := &api.Request{Method: "GET", URL: s.URL}

	_, err := httptransport.New(httptransport.Config{}).RoundTrip(t.Context(), req)
	var network *api.NetworkError
	require.ErrorAs(t, err, &network)
	var unknown x509.UnknownAuthorityError
	require.ErrorAs(t, err, &unknown)

	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	transport := httptransport.New(httptransport.Config{Roots: roots, UserAgent: "sightline/1"})
	t.Cleanup(transport.Close)
	resp, err := transport.RoundTrip(t.Context(), req)
	require.NoError(t, err)
	assert.Equal(t, "sightline/1", string(resp.Body))
}

func TestUnverifiedHosts(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	req := &api.Request{Method: "GET", URL: s.URL}
	host := strings.TrimPrefix(s.URL, "https://")
	var warned []string
	warn := func(host string) { warned = append(warned, host) }

	transport := httptransport.New(httptransport.Config{Unverified: httptransport.Unverified{Hosts: []string{"other.example", host}, Warn: warn}})
	t.Cleanup(transport.Close)
	for range 3 {
		resp, err := transport.RoundTrip(t.Context(), req)
		require.NoError(t, err)
		assert.Equal(t, "ok", string(resp.Body))
	}
	assert.Equal(t, []string{host}, warned, "once, and about the host that was asked")

	for name, config := range map[string]httptransport.Unverified{
		"another host":          {Hosts: []string{"other.example"}, Warn: warn},
		"the host without port": {Hosts: []string{"127.0.0.1"}, Warn: warn},
		"nobody to warn":        {Hosts: []string{host}},
		"nothing":               {Warn: warn},
	} {
		transport := httptransport.New(httptransport.Config{Unverified: config})
		t.Cleanup(transport.Close)
		_, err := transport.RoundTrip(t.Context(), req)
		var unknown x509.UnknownAuthorityError
		require.ErrorAs(t, err, &unknown, name)
	}
	assert.Len(t, warned, 1)
}

func TestRootsWith(t *testing.T) {
	t.Parallel()
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	t.Cleanup(s.Close)
	roots, err := httptransport.RootsWith(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	require.NoError(t, err)
	transport := httptransport.New(httptransport.Config{Roots: roots})
	t.Cleanup(transport.Close)
	_, err = transport.RoundTrip(t.Context(), &api.Request{Method: "GET", URL: s.URL})
	require.NoError(t, err)
	for _, text := range []string{"", "-----BEGIN PRIVATE KEY-----\n", "none"} {
		_, err := httptransport.RootsWith([]byte(text))
		require.Error(t, err)
	}
}
