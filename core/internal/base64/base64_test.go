package base64_test

import (
	library "encoding/base64"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/base64"
)

func FuzzEncode(f *testing.F) {
	for _, data := range []string{"", "a", "ab", "abc", "abcd", "key:s\xff\x00cret", "\xfb\xff\xfe"} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		text := base64.Encode(data)
		assert.Equal(t, library.StdEncoding.EncodeToString([]byte(data)), text)
		back, ok := base64.Decode(text)
		assert.True(t, ok)
		assert.Equal(t, data, back)
	})
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{"", "YQ==", "YQ=", "YQ", "YR==", "YWI=", "YWJj", "YWJj=", "YWJj====", "Y", "=", "YQ\n==", "-_-_", "+/+/"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data, ok := base64.Decode(text)
		want, err := library.StdEncoding.Strict().DecodeString(text)
		if ok {
			assert.NoError(t, err)
			assert.Equal(t, string(want), data)
		} else if err == nil {
			assert.NotEqual(t, text, library.StdEncoding.EncodeToString(want), "the library skips line breaks")
		}
	})
}
