//go:build js

package fetch_test

import (
	"os"
	"testing"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest"
	"github.com/sightline-sec/sightline/core/trustar/trustartest"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
)

// TestTruSTAR makes every call of the TruSTAR API over fetch.
func TestTruSTAR(t *testing.T) {
	base := os.Getenv(apitest.EnvServer)
	if base == "" {
		t.Skip("needs the native server of apitest: run scripts/test-wasm")
	}
	trustartest.Run(t, func() api.Transport { return fetch.New() }, base)
}
