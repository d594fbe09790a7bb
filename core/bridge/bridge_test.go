package bridge_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/bridge"
)

// ask calls a method with encoding/json on both sides, which no line of the bridge shares.
func ask(t *testing.T, b *bridge.Bridge, method string, request, response any) {
	t.Helper()
	in, err := json.Marshal(request)
	require.NoError(t, err)
	out, err := b.Call(t.Context(), method, in)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, response))
}

func preview(t *testing.T, texts ...string) bridge.PreviewResponse {
	t.Helper()
	var request bridge.PreviewRequest
	for _, text := range texts {
		request.Passages = append(request.Passages, bridge.Passage{Text: text})
	}
	var response bridge.PreviewResponse
	ask(t, newBridge(nil), "preview", request, &response)
	return response
}

// FuzzSpans: what JavaScript cuts out of its own string at the spans is the original.
func FuzzSpans(f *testing.F) {
	f.Add("plain 198.51.100.7 and 203.0.113.9")
	f.Add("\U0001f600 198.51.100[.]7 \u00e9\u0301 \U00010fffd hxxp://bad-cdn[.]com/\u00fc")
	f.Add("seven\u00e9 then eight\U0001f600 198.51.100.7 \u043f\u0440\u0438\u0432\u0435\u0442 203.0.113.9")
	f.Add("\xff\xfe198.51.100.7\xc3 203.0.113.9")
	f.Fuzz(func(t *testing.T, text string) {
		// What JavaScript holds: a byte that is no UTF-8 is U+FFFD there.
		units := utf16.Encode([]rune(text))
		for _, found := range preview(t, text).Indicators {
			require.Zero(t, len(found.Spans)%3)
			last := -1
			for i := 0; i < len(found.Spans); i += 3 {
				start, end := found.Spans[i+1], found.Spans[i+2]
				require.Zero(t, found.Spans[i])
				require.Less(t, last, start, "spans are in the text's order")
				require.Less(t, start, end)
				require.LessOrEqual(t, end, len(units))
				last = start
				if i == 0 && len(found.Original) < 250 {
					require.Equal(t, string([]rune(found.Original)), string(utf16.Decode(units[start:end])))
				}
			}
		}
	})
}

func TestPreviewOfFiveMegabytes(t *testing.T) {
	t.Parallel()
	paragraph := "The loader at hxxp://bad-cdn[.]com/a.php wrote d41d8cd98f00b204e9800998ecf8427e and called 198.51.100[.]7 again. \U0001f600 "
	text := strings.Repeat(paragraph, 5_000_000/len(paragraph)+1)
	got := preview(t, text)
	assert.Equal(t, len(text), got.Bytes)
	assert.GreaterOrEqual(t, got.Total, 2)
	for _, found := range got.Indicators {
		assert.Len(t, found.Spans, 3*(5_000_000/len(paragraph)+1), found.Key)
	}
}

func TestPreviewCountsWhatIsNotHeldBack(t *testing.T) {
	t.Parallel()
	got := preview(t, "198.51.100.7 10.0.0.1", "203.0.113.9 CVE-2024-3400 198.51.100.7")
	assert.Equal(t, 3, got.Total)
	assert.Equal(t, 1, got.Held)
	assert.Equal(t, []bridge.TypeCount{
		{Type: "ipv4", Label: "IPv4 address", Count: 2},
		{Type: "cve", Label: got.Counts[1].Label, Count: 1},
	}, got.Counts)
	assert.Equal(t, []int{0, 0, 12, 1, 26, 38}, got.Indicators[0].Spans, "both frames")
}

func TestPreviewEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := newBridge(nil).Call(ctx, "preview", []byte(`{"passages":[{"text":"198.51.100.7"}]}`))
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, bridge.FaultCancelled, fault(t, err).Kind)
}

func fault(t *testing.T, err error) bridge.Fault {
	t.Helper()
	var f bridge.Fault
	require.NoError(t, json.Unmarshal(bridge.EncodeFault(err), &f))
	return f
}

func TestFaults(t *testing.T) {
	t.Parallel()
	exchange := api.Exchange{Operation: "trustar: submit report", Method: "POST", URL: "https://api.trustar.co/api/1.3/reports", Status: 403}
	got := fault(t, &bridge.CallError{Method: "related", Cause: &api.StatusError{Exchange: exchange, Message: "no <b>right</b>"}})
	assert.Equal(t, bridge.Fault{
		Kind: bridge.FaultRefused, Status: 403,
		What:   "The platform does not allow this account to do that (status 403): “no <b>right</b>”.",
		Kept:   "Nothing was sent but the question.",
		Todo:   "Ask whoever manages the account there.",
		Detail: "related: trustar: submit report: POST https://api.trustar.co/api/1.3/reports: status 403: no <b>right</b>",
	}, got)

	for kind, err := range map[string]error{
		bridge.FaultCredentials: &api.AuthError{},
		bridge.FaultNetwork:     &api.NetworkError{},
		bridge.FaultTimeout:     &api.NetworkError{Timeout: true},
		bridge.FaultCancelled:   context.Canceled,
		bridge.FaultRateLimit:   &api.RateLimitError{Wait: 1500_000_001},
		bridge.FaultRefused:     &api.StatusError{Exchange: api.Exchange{Status: 400}},
		bridge.FaultServer:      &api.StatusError{Exchange: api.Exchange{Status: 502}},
		bridge.FaultProtocol:    &api.DecodeError{},
		bridge.FaultInvalid:     &api.InvalidError{},
		bridge.FaultProfile:     &api.UnsupportedError{},
		bridge.FaultInternal:    errors.New("canary-4711"),
	} {
		got := fault(t, err)
		assert.Equal(t, kind, got.Kind)
		assert.NotEmpty(t, got.What, kind)
		assert.NotContains(t, string(bridge.EncodeFault(err)), "canary")
	}
	assert.Equal(t, int64(1501), fault(t, &api.RateLimitError{Wait: 1500_000_001}).WaitMs, "rounded up")
	assert.Equal(t, bridge.FaultInternal, fault(t, nil).Kind)
}

// FuzzCall: no request makes a method panic or answer with broken JSON.
func FuzzCall(f *testing.F) {
	methods := newBridge(nil).Methods()
	for i := range methods {
		f.Add(byte(i), []byte(`{"passages":[{"text":"198.51.100.7"}],"item":{"state":"pending"},"draft":{"id":"x"},"items":[{"state":"sending"}],"profiles":[{"platform":"trustar"}],"profile":{"baseUrl":"https://x"},"reason":"permission"}`))
	}
	f.Fuzz(func(t *testing.T, n byte, in []byte) {
		out, err := newBridge(deaf{}).Call(t.Context(), methods[int(n)%len(methods)], in)
		if err != nil {
			out = bridge.EncodeFault(err)
		}
		require.True(t, json.Valid(out), "%q", out)
	})
}

// TestRandomFails: without random numbers no id is made up.
func TestRandomFails(t *testing.T) {
	t.Parallel()
	b := bridge.New(bridge.Config{Random: io.LimitReader(strings.NewReader("short"), 5)})
	_, err := b.Call(t.Context(), "draft", []byte(`{"passages":[{"text":"x"}]}`))
	require.Error(t, err)
}
