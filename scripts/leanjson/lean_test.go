package main

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A new version of easyjson must be looked at, not patched by half.
func TestLeanRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, name := range kept {
		files[name] = &fstest.MapFile{Data: []byte("package changed\n")}
	}
	_, err := lean(files)
	assert.ErrorContains(t, err, "0 times")

	delete(files, "jlexer/error.go")
	_, err = lean(files)
	require.Error(t, err)
}
