package bridge_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/bridge"
)

// BenchmarkPreview is a call as the background makes it, JSON on both sides.
func BenchmarkPreview(b *testing.B) {
	const paragraph = "The loader at hxxp://bad-cdn[.]com/a.php wrote d41d8cd98f00b204e9800998ecf8427e and called 198.51.100[.]7 again. \U0001f600 Nothing else happened on that day. "
	for name, size := range map[string]int{"2KB": 2 << 10, "5MB": 5 << 20} {
		b.Run(name, func(b *testing.B) {
			in, err := json.Marshal(bridge.PreviewRequest{Passages: []bridge.Passage{{Text: strings.Repeat(paragraph, size/len(paragraph)+1)}}})
			require.NoError(b, err)
			core := newBridge(nil)
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				_, err := core.Call(b.Context(), "preview", in)
				require.NoError(b, err)
			}
		})
	}
}
