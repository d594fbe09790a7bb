//go:build js

// Package clients_test runs the platform clients' own tests as wasm over fetch.
package clients_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/stellarcyber/stellartest"
	"github.com/sightline-sec/sightline/wasm/internal/fetch"
)

func TestStellarCyber(t *testing.T) {
	said := os.Getenv(stellartest.EnvTarget)
	if said == "" {
		t.Skip("needs a sandbox: run scripts/test-wasm")
	}
	var target stellartest.Target
	require.NoError(t, json.Unmarshal([]byte(said), &target))
	stellartest.Run(t, func() api.Transport { return fetch.New() }, target)
}
