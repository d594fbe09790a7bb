package threatstack

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/threatstack/hawk"
)

// signer signs requests with Hawk, checks the signatures of answers, and keeps time
// with the server.
type signer struct {
	config Config
	nonce  func() string
	// skew is how far the server's clock is ahead of ours, in seconds, by its own
	// proved word; 0 until it has objected.
	skew *atomic.Int64
}

// do runs a request. Every attempt is signed anew.
func (s *signer) do(ctx context.Context, req *api.Request) (*api.Response, error) {
	one := &signature{signer: s}
	calls := &api.Client{
		Transport: s.config.Transport,
		Auth:      one,
		Classify:  one.classify,
		MaxWait:   s.config.MaxWait,
		Now:       s.config.Now,
	}
	resp, err := calls.Do(ctx, req)
	if err != nil {
		return nil, err
	}
	if err := one.check(resp); err != nil {
		return nil, api.DecodeFailure(req, resp, err)
	}
	return resp, nil
}

// signature is one call's api.Authorizer: it remembers what was signed last, which
// the answer's signature covers too.
type signature struct {
	*signer
	sent hawk.Artifacts
	skew int64
}

// Authorize signs the request as it is now.
//
// Source: the Hawk scheme; that its ext is the organization, from the vendor's
// Python client, Go command line tool and examples.
func (s *signature) Authorize(_ context.Context, req *api.Request) error {
	host, port, resource, ok := hawk.Target(req.URL)
	if !ok {
		return invalid("address", "cannot be signed")
	}
	s.skew = s.signer.skew.Load()
	s.sent = hawk.Artifacts{
		Time: s.now().Unix() + s.skew, Nonce: s.nonce(), Method: req.Method, Resource: resource,
		Host: host, Port: port, Ext: s.config.OrgID,
	}
	if req.Body != nil {
		s.sent.Hash = hawk.PayloadHash(req.Header.Get("Content-Type"), req.Body)
	}
	req.Header.Set("Authorization", hawk.Header{
		ID: s.config.UserID, Time: s.sent.Time, Nonce: s.sent.Nonce, Hash: s.sent.Hash, Ext: s.sent.Ext,
		MAC: s.sent.RequestMAC(s.config.APIKey.Reveal()),
	}.String())
	return nil
}

// Refused takes the server's time over where it objects to ours and proves that it
// knows the key. Without the proof anybody on the way could make a client sign for
// another day.
//
// It also signs a GET anew whose nonce was seen already: where a kept connection ends,
// net/http and browsers send a GET again by themselves, to the letter. What changes
// something is not signed anew: its first copy may have been carried out. The words
// are those of Hawk's reference server (GUESS: the service's are not published).
func (s *signature) Refused(resp *api.Response) bool {
	if resp.Status != 401 {
		return false
	}
	header, err := hawk.Parse(resp.Header.Get("WWW-Authenticate"))
	if err == nil && s.sent.Method == "GET" && header.Error == "Invalid nonce" {
		return true
	}
	if err != nil || header.Time == 0 || !hawk.Equal(header.TimeMAC, hawk.TimestampMAC(s.config.APIKey.Reveal(), header.Time)) {
		return false
	}
	skew := header.Time - s.now().Unix()
	s.signer.skew.Store(skew)
	// Where our time was near the server's already, it is not what was wrong.
	return abs(skew-s.skew) > 1
}

func (s *signature) now() time.Time { return s.config.Now() }

// classify does not take the word of an answer whose signature is wrong. Those of
// refusals may be missing: a server cannot sign for a caller that it does not know.
func (s *signature) classify(req *api.Request, resp *api.Response) error {
	if err := s.check(resp); err != nil && !errors.Is(err, errUnsigned) {
		return api.DecodeFailure(req, resp, err)
	}
	return classify(s.config.APIKey, req, resp)
}

var (
	errUnsigned = errors.New("it is not signed")
	errForged   = errors.New("its signature is wrong")
)

// check verifies Server-Authorization, which covers the body by its hash.
func (s *signature) check(resp *api.Response) error {
	value := resp.Header.Get("Server-Authorization")
	if value == "" {
		if s.config.RequireSigned {
			return errUnsigned
		}
		return nil
	}
	header, err := hawk.Parse(value)
	if err != nil {
		return err
	}
	answer := s.sent
	answer.Hash, answer.Ext = header.Hash, header.Ext
	switch {
	case !hawk.Equal(header.MAC, answer.ResponseMAC(s.config.APIKey.Reveal())):
		return errForged
	case header.Hash == "" && !s.config.RequireSigned:
		return nil
	case !hawk.Equal(header.Hash, hawk.PayloadHash(resp.Header.Get("Content-Type"), resp.Body)):
		return errForged
	}
	return nil
}

func abs(n int64) int64 { return max(n, -n) }
