package api_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func TestPages(t *testing.T) {
	t.Parallel()
	broken := errors.New("the third page fails")
	pages := []api.Page[int, string]{
		{Items: []string{"a", "b"}, Next: 1, More: true},
		{Next: 2, More: true}, // empty and not the last
		{Items: []string{"c"}, Next: 9},
	}
	for name, test := range map[string]struct {
		fails, stop int // page that fails, items after which to stop; -1 for none
		want        []string
		asked       int
	}{
		"whole":            {-1, -1, []string{"a", "b", "c"}, 3},
		"fails at first":   {0, -1, nil, 1},
		"fails at third":   {2, -1, []string{"a", "b"}, 3},
		"stopped on first": {-1, 1, []string{"a"}, 1},
		"stopped at end":   {-1, 2, []string{"a", "b"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var (
				got    []string
				asked  int
				failed error
			)
			for item, err := range api.Pages(0, func(at int) (api.Page[int, string], error) {
				asked++
				if at == test.fails {
					return api.Page[int, string]{Items: []string{"not whole"}}, broken
				}
				return pages[at], nil
			}) {
				if err != nil {
					assert.Empty(t, item)
					failed = err
					continue
				}
				if got = append(got, item); len(got) == test.stop {
					break
				}
			}
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.asked, asked)
			if test.fails >= 0 {
				require.ErrorIs(t, failed, broken)
			} else {
				require.NoError(t, failed)
			}
		})
	}
}
