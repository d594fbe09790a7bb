package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/threatstack/hawk"
	"github.com/sightline-sec/sightline/server/internal/faults"
)

// hawkWindow is how far apart the clocks may be: Hawk's own default (GUESS: the
// service's is not published).
const hawkWindow = 60

// nonces are those of the last minutes, by the second after which they may go.
type nonces struct {
	mu   sync.Mutex
	seen map[string]int64
}

// again reports whether a nonce was used, and remembers it.
func (n *nonces) again(nonce string, ts, now int64) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = map[string]int64{}
	}
	if len(n.seen) > 10_000 {
		for old, until := range n.seen {
			if until < now {
				delete(n.seen, old)
			}
		}
	}
	key := strconv.FormatInt(ts, 10) + " " + nonce
	_, used := n.seen[key]
	n.seen[key] = now + 2*hawkWindow
	return used
}

// clock is the server's for one request.
func (s *Sandbox) clock(r *http.Request) time.Time {
	return s.options.Now().Add(faults.Skew(r.Context()))
}

// oneWriter lets one call at a time change something: most read first what they change.
func (s *Sandbox) oneWriter(r *http.Request, h func() answer) answer {
	if r.Method != http.MethodGet {
		s.writing.Lock()
		defer s.writing.Unlock()
	}
	return h()
}

// signed asks for a signature of Hawk and signs the answer. The organization is
// Hawk's ext.
func (s *Sandbox) signed(op operation, h orgHandler) handler {
	return func(r *http.Request) answer {
		refuse := func(challenge hawk.Header) answer {
			a := op.failure(http.StatusUnauthorized, challenge.Error)
			a.header.Set("WWW-Authenticate", challenge.String())
			return a
		}
		header, err := hawk.Parse(r.Header.Get("Authorization"))
		if err != nil {
			return refuse(hawk.Header{Error: "Unauthorized"})
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return op.failure(http.StatusRequestEntityTooLarge, "Body is too large")
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		host, port := hawk.SplitHost(r.Host)
		if port == "" {
			port = "80"
		}
		key := s.credentials.ThreatStack.APIKey
		artifacts := hawk.Artifacts{
			Time: header.Time, Nonce: header.Nonce, Method: r.Method, Resource: r.RequestURI, Host: host, Port: port,
			Hash: header.Hash, Ext: header.Ext, App: header.App, Dlg: header.Dlg,
		}
		now := s.clock(r).Unix()
		switch {
		case !equal(header.ID, s.credentials.ThreatStack.UserID):
			return refuse(hawk.Header{Error: "Unknown credentials"})
		case header.Nonce == "" || header.Time == 0 || !hawk.Equal(header.MAC, artifacts.RequestMAC(key)):
			return refuse(hawk.Header{Error: "Bad mac"})
		case header.Hash == "" && len(body) > 0: // GUESS: that a body must be covered
			return refuse(hawk.Header{Error: "Missing required payload hash"})
		case header.Hash != "" && header.Hash != hawk.PayloadHash(r.Header.Get("Content-Type"), body):
			return refuse(hawk.Header{Error: "Bad payload hash"})
		case max(now-header.Time, header.Time-now) > hawkWindow:
			return refuse(hawk.Header{Time: now, TimeMAC: hawk.TimestampMAC(key, now), Error: "Stale timestamp"})
		case s.nonces.again(header.Nonce, header.Time, now):
			return refuse(hawk.Header{Error: "Invalid nonce"})
		}
		a := op.failure(http.StatusForbidden, "Organization is not allowed")
		if s.ownOrganization(header.Ext) {
			a = s.oneWriter(r, func() answer { return h(r, header.Ext) })
		}
		artifacts.Ext, artifacts.Hash = "", hawk.PayloadHash(a.header.Get("Content-Type"), a.body)
		a.header.Set("Server-Authorization", hawk.Header{MAC: artifacts.ResponseMAC(key), Hash: artifacts.Hash}.String())
		return a
	}
}
