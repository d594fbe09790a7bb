package api

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/sightline-sec/sightline/core/internal/errtype"
)

const (
	defaultAttempts = 3
	// A person is waiting: a backoff that nobody allowed to be longer ends after this.
	defaultBackoff = 2 * time.Second
)

// Client runs requests of one platform: authorize, send, renew once, retry where
// safe, classify. Its fields must not change after the first Do; Do may be called
// concurrently.
type Client struct {
	Transport Transport

	// Auth puts the credential into each request; nil means none.
	Auth Authorizer

	// Header is added to every request that lacks the name.
	Header Header

	// Classify is the platform's reading of an answer outside 200..299. A nil error
	// makes the answer a success. The request it is given is the one that was sent,
	// credential included. Nil means DefaultClassify.
	Classify func(*Request, *Response) error

	// MaxAttempts is how often a request that may be repeated is sent, the first time
	// included; zero means 3. The one repetition after a renewed token is not counted.
	MaxAttempts int

	// MaxWait is the longest single wait that Do bears by itself. A *RateLimitError
	// that asks for more is returned at once, a backoff is cut to it. Zero returns
	// every *RateLimitError at once and allows 2 s of backoff.
	MaxWait time.Duration

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// Sleep waits for d or for the context; nil means a timer.
	Sleep func(ctx context.Context, d time.Duration) error

	// Jitter returns a number in [0,1); nil means math/rand/v2.
	Jitter func() float64
}

// Do sends req and returns its answer when the status is 200 to 299 or Classify
// accepts it. Otherwise it fails with one of the types in errors.go, or with the
// context's error, which wins over all others. It does not change req.
//
// A refused credential is renewed and the request sent again once in the whole call, whatever
// its method: what was refused was not carried out. The second refusal is an
// *AuthError.
func (c *Client) Do(ctx context.Context, req *Request) (*Response, error) {
	if err := req.Check(); err != nil {
		return nil, err
	}
	mayRenew := c.Auth != nil
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		resp, err := c.attempt(ctx, req, &mayRenew)
		if err == nil {
			return resp, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var credential *credentialError
		if errtype.As(err, &credential) {
			// Whatever fetched the token has made its own attempts.
			return nil, credential.cause
		}
		decision := Decide(Attempt{
			Number: number, Max: c.maxAttempts(), Request: req, Response: resp, Err: err,
			Now: c.now(), Jitter: c.jitter(), MaxBackoff: c.maxBackoff(),
		})
		if !decision.Retry || decision.Wait > c.maxBackoff() || c.atOnce(err) {
			return nil, err
		}
		if err := c.sleep(ctx, decision.Wait); err != nil {
			return nil, err
		}
	}
}

// attempt sends req once, or twice when the credential had to be renewed. With an
// error of the answer's status it returns the answer too.
func (c *Client) attempt(ctx context.Context, req *Request, mayRenew *bool) (*Response, error) {
	for {
		sent := *req
		sent.Header = c.header(req)
		if c.Auth != nil {
			if err := c.Auth.Authorize(ctx, &sent); err != nil {
				return nil, &credentialError{err}
			}
			if err := sent.Check(); err != nil {
				return nil, &credentialError{err}
			}
		}
		resp, err := c.Transport.RoundTrip(ctx, &sent)
		if err != nil {
			return nil, err
		}
		if c.Auth != nil && refused(c.Auth, &sent, resp) {
			if *mayRenew {
				*mayRenew = false
				continue
			}
			return resp, &AuthError{Exchange: ExchangeFor(&sent, resp), Message: message(&sent, resp)}
		}
		if resp.Status >= 200 && resp.Status <= 299 {
			return resp, nil
		}
		classify := c.Classify
		if classify == nil {
			classify = DefaultClassify
		}
		return resp, classify(&sent, resp)
	}
}

// credentialError marks a failure of the Authorizer within Do.
type credentialError struct{ cause error }

func (e *credentialError) Error() string { return e.cause.Error() }

func (c *Client) header(req *Request) Header {
	header := req.Header.Clone()
	for _, field := range c.Header {
		if !req.Header.has(field.Name) {
			header.Add(field.Name, field.Value)
		}
	}
	return header
}

// atOnce reports whether err is a rate limit that Do was not allowed to wait for.
func (c *Client) atOnce(err error) bool {
	var limit *RateLimitError
	return c.MaxWait <= 0 && errtype.As(err, &limit)
}

func (c *Client) maxAttempts() int {
	if c.MaxAttempts <= 0 {
		return defaultAttempts
	}
	return c.MaxAttempts
}

func (c *Client) maxBackoff() time.Duration {
	if c.MaxWait <= 0 {
		return defaultBackoff
	}
	return c.MaxWait
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c *Client) jitter() float64 {
	if c.Jitter == nil {
		return rand.Float64()
	}
	return c.Jitter()
}

func (c *Client) sleep(ctx context.Context, d time.Duration) error {
	if c.Sleep != nil {
		return c.Sleep(ctx, d)
	}
	return Sleep(ctx, d)
}

// Sleep waits for d, or for the context, whose error it then returns.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
