//go:build js

package fetch_test

import (
	"os"
	"testing"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/apitest"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	base := os.Getenv(apitest.EnvServer)
	if base == "" {
		t.Skip("needs the native server of apitest: run scripts/test-wasm")
	}
	apitest.Run(t, func() api.Transport { return fetch.New() }, base)
}
