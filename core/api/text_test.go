package api

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func FuzzUnescapeIsAReplacer(f *testing.F) {
	pairs := make([]string, 0, 2*len(entities))
	for _, entity := range entities {
		pairs = append(pairs, entity[0], entity[1])
		f.Add("a " + entity[0] + entity[0] + " b")
	}
	f.Add("&amp;lt;script&gt; &l &&lt; &")
	library := strings.NewReplacer(pairs...)
	f.Fuzz(func(t *testing.T, text string) {
		assert.Equal(t, library.Replace(text), unescape(text))
	})
}
