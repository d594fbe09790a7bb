// Package clienttest is what the tests of the platforms' clients share: answers of a
// scripted server, a transport that is not to be used, and what every client owes its
// callers, whatever the platform.
package clienttest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// Offline is a transport that must not be used.
type Offline struct{}

// RoundTrip fails.
func (Offline) RoundTrip(context.Context, *api.Request) (*api.Response, error) {
	return nil, errors.New("a call was made")
}

// Answer writes a status and a body, after header lines: names with their values.
func Answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Refused requires err to be an *api.InvalidError about field.
func Refused(t *testing.T, err error, field string, about ...any) {
	t.Helper()
	var invalid *api.InvalidError
	require.ErrorAs(t, err, &invalid, about...)
	assert.Equal(t, field, invalid.Field, about...)
}

// NoSecrets looks for secrets in every way that an error can be printed.
func NoSecrets(t *testing.T, err error, secrets ...string) {
	t.Helper()
	for _, format := range []string{"%s", "%v", "%+v", "%#v"} {
		for _, secret := range secrets {
			assert.NotContains(t, fmt.Sprintf(format, err), secret)
		}
	}
}

// Block is a handler that never answers, with where it tells of each request.
func Block() (http.HandlerFunc, <-chan struct{}) {
	started := make(chan struct{}, 100)
	return func(_ http.ResponseWriter, r *http.Request) {
		started <- struct{}{}
		<-r.Context().Done()
	}, started
}

// Cancelled requires a call to end with context.Canceled when it is cancelled while a
// server keeps it waiting, see Block, and to end so at once when it is made after that.
func Cancelled(t *testing.T, name string, started <-chan struct{}, call func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result := make(chan error, 1)
	go func() { result <- call(ctx) }()
	<-started
	cancel()
	require.ErrorIs(t, <-result, context.Canceled, name)
	require.ErrorIs(t, call(ctx), context.Canceled, name)
}
