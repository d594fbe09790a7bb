//go:build !js

package httptransport_test

import (
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
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
