//go:build !js

package lookup

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

func TestHashesOfOneFile(t *testing.T) {
	t.Parallel()
	md5 := func(c string) string { return strings.Repeat(c+"0f3a9c1", 4) }
	sha1 := func(c string) string { return strings.Repeat(c+"0f3a9c1", 5) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/access_token") {
			_, _ = w.Write([]byte(`{"access_token":"e30.e30.c2ln","exp":4102444800}`))
			return
		}
		_, _ = w.Write([]byte(`{"observables":{"files":[{"name":"a.exe","md5":"` + md5("1") + `","sha1":"` + sha1("1") + `"},{"md5":"` + md5("2") +
			`","parent":"` + md5("3") + `","sha1":"` + sha1("2") + `"}],"hosts":[{"ip":"198.51.100.7"}]}}`))
	}))
	t.Cleanup(server.Close)
	client, err := stellarcyber.New(stellarcyber.Config{Transport: httptransport.New(httptransport.Config{}), BaseURL: server.URL, User: "ana", Key: "refresh"})
	require.NoError(t, err)
	feed := NewCaseFeed(client, SourceState{ProfileID: "p"})
	held, err := feed.Read(t.Context(), index.Object{ID: "65a0c0ffee00000000000001"})
	require.NoError(t, err)
	files := map[string]int{}
	for _, one := range held {
		files[one.Key.Value] = one.File
	}
	assert.NotZero(t, files[md5("1")])
	assert.Equal(t, files[md5("1")], files[sha1("1")])
	for _, value := range []string{md5("2"), md5("3"), sha1("2"), "198.51.100.7"} {
		got, ok := files[value]
		assert.True(t, ok, value)
		assert.Zero(t, got, "which of the two is the file's other hash is not known: %s", value)
	}

	library := NewLibrary(index.New())
	library.Shelf("p", KindCase).put(index.Object{Source: "p", Kind: KindCase, ID: "1"}, held)
	library.Do(func(x *index.Index) {
		x.Put(index.Object{Source: "p", Kind: KindCase, ID: "2"}, []index.Sighting{{Key: index.Key{Type: "sha1", Value: sha1("1")}}})
		hits := x.Find(nil, []index.Key{{Type: "md5", Value: md5("1")}})
		require.Len(t, hits, 2)
		assert.Equal(t, index.SameFile, hits[1].Match, "the second case has another hash of the file alone")
	})
}
