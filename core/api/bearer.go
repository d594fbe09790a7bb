package api

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// maxLifetime is the most that any platform of ours promises; a server that says
	// more is not believed, so that a token it withdrew is not used for days.
	maxLifetime = 10 * time.Minute
	// minLifetime holds for tokens that were born expired. It bounds the token calls
	// that a server's wrong expires_in can cause.
	minLifetime  = 10 * time.Second
	defaultEarly = time.Minute
)

// Token is an access token with its end.
type Token struct {
	Value Secret
	// Expires is when the server stops accepting it; zero means in 10 minutes.
	Expires time.Time
}

// Bearer authorizes with an access token that it fetches when needed and keeps in
// memory alone. However many calls need a token, one Fetch is under way; it ends when
// it is done or when all who wait for it have given up. Use it by pointer.
//
// A token lives at most 10 minutes and at least 10 seconds (see Least), whatever its Expires
// says, and ends when the clock goes back behind its beginning.
type Bearer struct {
	// Fetch obtains a token. Its error is returned to every call that waits.
	Fetch func(ctx context.Context) (Token, error)

	// IsRefusal reports whether an answer rejects the token; nil means status 401.
	IsRefusal func(*Response) bool

	// Early is how long before its end a token is renewed, at most half of its
	// lifetime; zero means 60 s.
	Early time.Duration

	// Least is what a token's lifetime is taken for when its end is nearer or past; zero
	// means 10 s.
	Least time.Duration

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	mu      sync.Mutex
	value   Secret
	since   time.Time // wall clock: a suspended machine's monotonic clock stands still
	until   time.Time
	pending *flight
}

// flight is a Fetch under way. All fields but those set before done is closed are
// guarded by Bearer.mu.
type flight struct {
	cancel  context.CancelFunc
	waiters int
	done    chan struct{}
	value   Secret
	err     error
	panic   any
}

var errEmptyToken = errors.New("the server's token is empty")

// Authorize sets the Authorization header.
func (b *Bearer) Authorize(ctx context.Context, req *Request) error {
	value, err := b.token(ctx)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+value.Reveal())
	return nil
}

// Refused drops the token if resp rejects it.
func (b *Bearer) Refused(resp *Response) bool {
	if !b.isRefusal(resp) {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.value = ""
	return true
}

// refusedFor is Refused, but keeps a token that is not the one that was sent.
func (b *Bearer) refusedFor(sent *Request, resp *Response) bool {
	if !b.isRefusal(resp) {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if sent.Header.Get("Authorization") == "Bearer "+b.value.Reveal() {
		b.value = ""
	}
	return true
}

func (b *Bearer) isRefusal(resp *Response) bool {
	if b.IsRefusal == nil {
		return resp.Status == 401
	}
	return b.IsRefusal(resp)
}

func (b *Bearer) token(ctx context.Context) (Secret, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	b.mu.Lock()
	if now := b.now(); b.value != "" && !now.Before(b.since) && now.Before(b.until) {
		defer b.mu.Unlock()
		return b.value, nil
	}
	f := b.pending
	if f == nil {
		// The fetch is nobody's own: it keeps ctx's values and not its end.
		fetchCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f = &flight{cancel: cancel, done: make(chan struct{})}
		b.pending = f
		go b.fetch(fetchCtx, f)
	}
	f.waiters++
	b.mu.Unlock()

	select {
	case <-f.done:
		if f.panic != nil {
			panic(f.panic) // on the caller's goroutine, where the host can report it
		}
		return f.value, f.err
	case <-ctx.Done():
		b.leave(f)
		return "", ctx.Err()
	}
}

// leave gives up waiting; the last to leave ends the fetch.
func (b *Bearer) leave(f *flight) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f.waiters--
	if f.waiters > 0 {
		return
	}
	f.cancel()
	if b.pending == f {
		b.pending = nil // whoever comes next must not join a fetch that is ending
	}
}

func (b *Bearer) fetch(ctx context.Context, f *flight) {
	var token Token
	err := errors.New("the token call ended early")
	defer func() {
		f.panic = recover()
		f.cancel()
		b.mu.Lock()
		defer b.mu.Unlock()
		if err == nil && token.Value == "" {
			err = errEmptyToken
		}
		f.value, f.err = token.Value, err
		if b.pending == f {
			b.pending = nil
			if err == nil {
				b.keep(token)
			}
		}
		close(f.done)
	}()
	token, err = b.Fetch(ctx)
}

func (b *Bearer) keep(token Token) {
	b.value, b.since = token.Value, b.now()
	lifetime := maxLifetime
	if !token.Expires.IsZero() {
		least := b.Least
		if least <= 0 {
			least = minLifetime
		}
		lifetime = min(max(token.Expires.Round(0).Sub(b.since), least), maxLifetime)
	}
	early := b.Early
	if early <= 0 {
		early = defaultEarly
	}
	b.until = b.since.Add(lifetime - min(early, lifetime/2))
}

func (b *Bearer) now() time.Time {
	if b.Now == nil {
		return time.Now().Round(0)
	}
	return b.Now().Round(0)
}
