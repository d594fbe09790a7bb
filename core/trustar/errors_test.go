package trustar

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/api"
)

func TestErrorsKeepTheirCause(t *testing.T) {
	t.Parallel()
	status := &api.StatusError{Exchange: api.Exchange{Operation: "trustar: get report", Status: 404}, Message: "no report 42"}
	req := &api.Request{Operation: "trustar: get report"}
	err := asNotFound(req, status)
	assert.EqualError(t, err, "trustar: get report: status 404: no report 42")
	assert.ErrorIs(t, err, ErrNotFound)
	assert.NotErrorIs(t, err, ErrDuplicate)
	exchange, ok := api.ExchangeOf(err)
	assert.True(t, ok)
	assert.Equal(t, 404, exchange.Status)

	token := &api.StatusError{Exchange: api.Exchange{Operation: "trustar: get token", Status: 404}}
	assert.NotErrorIs(t, asNotFound(req, token), ErrNotFound, "that is a wrong address")
	token.Status = 409
	assert.NotErrorIs(t, asDuplicate(req, token), ErrDuplicate)

	other := errors.New("other")
	assert.Equal(t, other, asNotFound(req, other))
	assert.Equal(t, other, asDuplicate(req, other))

	one := &UncheckedError{Values: []string{"evil.example"}, Cause: err}
	assert.EqualError(t, one, "1 value was not checked: trustar: get report: status 404: no report 42")
	assert.ErrorIs(t, one, ErrNotFound)
	two := &UncheckedError{Values: []string{"a", "b"}, Cause: other}
	assert.EqualError(t, two, "2 values were not checked: other")
}
