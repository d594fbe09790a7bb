package api

import (
	"context"

	"github.com/sightline-sec/sightline/core/internal/base64"
)

// Authorizer puts a credential into requests. It must be safe for concurrent use.
type Authorizer interface {
	// Authorize sets the credential of req, obtaining a token when needed.
	Authorize(ctx context.Context, req *Request) error

	// Refused reports whether resp rejects the credential and a new one can be had.
	// It drops the credential, so that the next Authorize renews it.
	Refused(resp *Response) bool
}

// refused asks auth about resp. A Bearer is told which token the answer is about:
// of ten concurrent calls refused for one expired token, the last must not drop
// the new token that the first has brought.
func refused(auth Authorizer, sent *Request, resp *Response) bool {
	if bearer, ok := auth.(*Bearer); ok {
		return bearer.refusedFor(sent, resp)
	}
	return auth.Refused(resp)
}

// Basic is HTTP basic authentication (RFC 7617).
type Basic struct {
	User     string
	Password Secret
}

// Authorize sets the Authorization header.
func (b Basic) Authorize(_ context.Context, req *Request) error {
	pair := b.User + ":" + b.Password.Reveal()
	req.Header.Set("Authorization", "Basic "+base64.Encode(pair))
	return nil
}

// Refused is always false: there is nothing to renew, and a repeated wrong password
// locks accounts. A 401 becomes an *AuthError by classification.
func (b Basic) Refused(*Response) bool { return false }
