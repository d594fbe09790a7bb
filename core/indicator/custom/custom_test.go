package custom_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/indicator/custom"
)

func TestFind(t *testing.T) {
	t.Parallel()
	set, err := custom.Compile([]custom.Pattern{
		{Name: "ticket", Expr: `\bSEC-\d{4,6}\b`},
		{Name: "asset", Expr: `asset (\w+)`},
	})
	require.NoError(t, err)
	text := "SEC-12345 is about asset lap042; see SEC-99999."
	assert.Equal(t, []custom.Match{
		{Name: "ticket", Value: "SEC-12345", Span: indicator.Span{Start: 0, End: 9}},
		{Name: "ticket", Value: "SEC-99999", Span: indicator.Span{Start: 37, End: 46}},
		{Name: "asset", Value: "lap042", Span: indicator.Span{Start: 25, End: 31}},
	}, set.Find(text))
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]custom.Pattern{
		"a broken expression":      {Name: "x", Expr: "("},
		"an empty match":           {Name: "x", Expr: "a*"},
		"an engine's name":         {Name: "ipv4", Expr: "a"},
		"an empty name":            {Expr: "a"},
		"an expression too long":   {Name: "x", Expr: strings.Repeat("a", custom.MaxLength+1)},
		"a name with other letter": {Name: "X", Expr: "a"},
	} {
		_, err := custom.Compile([]custom.Pattern{{Name: "good", Expr: "a"}, p})
		var refused *custom.PatternError
		if assert.True(t, errors.As(err, &refused), name) {
			assert.Equal(t, 1, refused.Index, name)
			assert.NotEmpty(t, refused.Error(), name)
		}
	}
	_, err := custom.Compile(make([]custom.Pattern, custom.MaxPatterns+1))
	require.Error(t, err)
}

func TestFindIsBounded(t *testing.T) {
	t.Parallel()
	set, err := custom.Compile([]custom.Pattern{{Name: "a", Expr: "a"}, {Name: "b", Expr: "a"}})
	require.NoError(t, err)
	assert.Len(t, set.Find(strings.Repeat("a", 3*custom.MaxMatches)), custom.MaxMatches)
}
