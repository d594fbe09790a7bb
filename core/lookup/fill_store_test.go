package lookup

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFillStateLasts stores a state in which every field differs from every other.
func TestFillStateLasts(t *testing.T) {
	t.Parallel()
	var s FillState
	n := int64(0)
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		for i := range v.NumField() {
			n++
			switch f := v.Field(i); f.Kind() {
			case reflect.Struct:
				fill(f)
			case reflect.String:
				f.SetString("text " + string(rune('a'+n)))
			case reflect.Bool:
				f.SetBool(true)
			case reflect.Slice:
				f.Set(reflect.ValueOf([]string{"65a0c0ffee", "x"}))
			default:
				f.SetInt(-n)
			}
		}
	}
	fill(reflect.ValueOf(&s).Elem())
	got, ok := ParseFillState(s.String())
	require.True(t, ok)
	assert.Equal(t, s, got)
	assert.Less(t, len(s.String()), 400)

	s.Failed = []string{}
	got, ok = ParseFillState(s.String())
	require.True(t, ok)
	assert.Equal(t, s, got)
}

func FuzzParseFillState(f *testing.F) {
	f.Add("")
	f.Add((&FillState{Words: "a\nb"}).String())
	f.Fuzz(func(t *testing.T, text string) {
		s, ok := ParseFillState(text)
		if !ok {
			return
		}
		again, ok := ParseFillState(s.String())
		require.True(t, ok)
		assert.Equal(t, s, again)
	})
}
