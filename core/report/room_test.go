package report_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/report"
)

func TestRoom(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		items  int
		warned bool
		full   bool
	}{{items: 0}, {items: 199}, {items: 200, warned: true}, {items: 999, warned: true}, {items: 1000, full: true}, {items: 5000, full: true}} {
		words, err := report.Room(test.items)
		assert.Equal(t, test.warned, words != "", test.items)
		if !test.full {
			require.NoError(t, err)
			continue
		}
		var full *report.FullError
		require.ErrorAs(t, err, &full)
		trouble := report.Explain(err)
		assert.Equal(t, report.TroubleInvalid, trouble.Kind)
		assert.Contains(t, trouble.What, "full")
		assert.NotEmpty(t, trouble.Todo)
	}
}
