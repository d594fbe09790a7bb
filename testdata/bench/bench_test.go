package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestTextsStayTheSame pins the texts: figures of two versions of the engine can be
// compared while these sums hold.
func TestTextsStayTheSame(t *testing.T) {
	t.Parallel()
	sums := map[string]string{}
	for _, shape := range Shapes() {
		text := shape.Text(100_000)
		assert.Equal(t, text, shape.Text(100_000), shape.Name)
		assert.Less(t, len(text), 110_000, shape.Name)
		sum := sha256.Sum256([]byte(text))
		sums[shape.Name] = hex.EncodeToString(sum[:4])
	}
	assert.Equal(t, map[string]string{
		"prose": "cd18f1aa", "html": "43352caf", "minified": "d3629e31", "log": "2c7fb963", "dense": "0faff3ad", "defanged": "40d81804",
	}, sums)
}
