package httptransport

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A proxy sees which platforms an analyst asks. It is looked at here and not tried,
// because net/http never uses the environment's proxy for loopback.
func TestNoProxyUnlessAsked(t *testing.T) {
	t.Parallel()
	assert.Nil(t, New(Config{}).base.Proxy)
	assert.NotNil(t, New(Config{ProxyFromEnvironment: true}).base.Proxy)
}
