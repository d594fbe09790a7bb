//go:build !js

package bridge_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/bridge"
	"github.com/sightline-sec/sightline/core/report"
)

const (
	canaryKey    = "canaryKey0815"
	canarySecret = "canarySecret4711"
	canaryToken  = "canaryToken-0f5c3a52"
)

// parrot is a server that throws everything it is given back, in every way that a
// broken one might.
func parrot(mode string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		said, _ := io.ReadAll(r.Body)
		echo := canarySecret + canaryToken + canaryKey + strings.Join(r.Header["Authorization"], " ")
		if strings.HasSuffix(r.URL.Path, "/oauth/token") || strings.HasSuffix(r.URL.Path, "/access_token") {
			switch mode {
			case "token refused":
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = io.WriteString(w, `{"error":"Unauthorized","message":"bad `+strings.Join(r.Header["Authorization"], " ")+`"}`)
				return
			case "token broken":
				_, _ = io.WriteString(w, `{"access_token":"`+canaryToken+`"`)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"access_token":"`+canaryToken+`","token_type":"bearer","expires_in":599,"exp":1790000599}`)
			return
		}
		switch mode {
		case "html":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>"+strings.Join(r.Header["Authorization"], " ")+"</html>")
		case "redirect":
			w.Header().Set("Location", "https://elsewhere.example/?secret="+echo)
			w.WriteHeader(http.StatusTemporaryRedirect)
		case "cut":
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write(said)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			body, _ := json.Marshal(map[string]any{"message": "you sent " + strings.Join(r.Header["Authorization"], " ")})
			_, _ = w.Write(body)
		}
	}
}

// TestNoAnswerHoldsASecret calls every method that reaches a platform, against
// servers that repeat the credentials, and looks for them in all that comes back.
func TestNoAnswerHoldsASecret(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"token refused", "token broken", "html", "redirect", "cut", "refused"} {
		for _, platform := range []string{app.PlatformTruSTAR, app.PlatformStellarCyber} {
			t.Run(mode+" "+platform, func(t *testing.T) {
				t.Parallel()
				server := httptest.NewServer(parrot(mode))
				t.Cleanup(server.Close)
				b := newBridge(httptransport.New(httptransport.Config{}))
				profile := app.Profile{
					ID: "p1", Platform: platform, Name: "Team", BaseURL: server.URL, Identity: canaryKey, Secret: canarySecret,
					APIVersion: "1.3", EnclaveIDs: []string{"e1"},
				}
				for _, out := range everything(t, b, profile) {
					assert.NotContains(t, out, canarySecret)
					assert.NotContains(t, out, canaryToken)
					for _, encoded := range []string{"Y2FuYXJ5S2V5MDgxNTpjYW5hcnlTZWNyZXQ0NzEx"} { // key:secret as basic authentication sends it
						assert.NotContains(t, out, encoded)
					}
				}
			})
		}
	}
}

// everything is what every method answers, or the fault.
func everything(t *testing.T, b *bridge.Bridge, profile app.Profile) []string {
	t.Helper()
	var outs []string
	call := func(method string, request any) []byte {
		in, err := json.Marshal(request)
		require.NoError(t, err)
		out, err := b.Call(t.Context(), method, in)
		if err != nil {
			outs = append(outs, err.Error())
			out = bridge.EncodeFault(err)
		}
		outs = append(outs, string(out))
		return out
	}
	call("configure", bridge.ConfigureRequest{Profiles: []app.Profile{profile}})
	call("test", bridge.TestRequest{Profile: profile})
	call("enclaves", bridge.EnclavesRequest{ProfileID: profile.ID})
	call("related", bridge.RelatedRequest{Indicators: []report.Reference{{Type: "ipv4", Value: "198.51.100.7"}}})
	var made bridge.DraftResponse
	require.NoError(t, json.Unmarshal(call("draft", bridge.DraftRequest{
		Passages: []bridge.Passage{{Text: "198.51.100.7"}}, PageTitle: "T", Kept: []string{"ipv4|198.51.100.7"},
	}), &made))
	var checked bridge.CheckResponse
	require.NoError(t, json.Unmarshal(call("check", bridge.CheckRequest{Draft: made.Draft}), &checked))
	var frozen, claimed bridge.ItemResponse
	if json.Unmarshal(call("freeze", bridge.FreezeRequest{Draft: made.Draft, Hash: checked.Prepared.Hash}), &frozen) == nil && frozen.Item.State != "" {
		require.NoError(t, json.Unmarshal(call("outbox.claim", bridge.ItemRequest{Item: frozen.Item}), &claimed))
		call("outbox.send", bridge.ItemRequest{Item: claimed.Item})
	}
	return outs
}
