package measure

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/testdata/bench"
)

// TestTextsStayTheSame pins the texts: figures of two versions of the engine can be
// compared while these sums hold. It stands here because ./... leaves testdata out.
func TestTextsStayTheSame(t *testing.T) {
	t.Parallel()
	sums := map[string]string{}
	for _, shape := range bench.Shapes() {
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

func TestRunCountsBytesAndFinds(t *testing.T) {
	t.Parallel()
	text := bench.Shapes()[4].Text(3_000_000)
	docs := Documents(text, 64<<10)
	figures := Run(docs, 1, true)
	assert.Equal(t, len(text), figures.Bytes)
	assert.Greater(t, figures.Finds, 70_000)
	assert.Positive(t, figures.Scan)
	assert.Positive(t, figures.Token)
	together := 0
	for _, group := range groups(docs) {
		together += len(group)
	}
	assert.Equal(t, len(docs), together)
}
