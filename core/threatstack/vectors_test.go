package threatstack

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

// answers is a transport that a test scripts.
type answers func(req *api.Request) *api.Response

func (a answers) RoundTrip(_ context.Context, req *api.Request) (*api.Response, error) {
	return a(req), nil
}

// The contract's vectors, through the client: what it sends, which answers it believes,
// and how it keeps time. They are those of three public libraries.
func TestContractVectors(t *testing.T) {
	t.Parallel()
	const (
		macA     = "Sn2tLUlOlC5R9S391VnfPXb7LtacQZ3AcC7BhT8WwKk="
		macB     = "A9JKEi944WOaCwoOo+0sLcOYxf2QqKLhct2Zrbh84/Q="
		hashB    = "3y0mp0WrYRSpvfVkWfqad6Y4tfA5oK3pf/eLjAdiFLc="
		proofC   = `Hawk mac="868k4QH0uXd09HITRIDqJlLGW+aiy3yd8PkwTyC9EkU=", hash="TEPeuUHdCJjl9fOm+YQ3bmkI/ArOwTG/CWhRATNdJRI="`
		bodyC    = `{"agents":[],"token":null}`
		stale    = `Hawk ts="1700000000", tsm="NuUvBuOwGnJaSlC3VvSmF5sSEKhKatOnUNMbxiKAPy0=", error="Stale timestamp"`
		ourClock = 1_700_000_000
	)
	ask := func(clock int64, root string, transport answers) (Page[AgentV2], *ClientV2, error) {
		config := Config{
			Transport: transport, BaseURL: root, APIKey: "sandbox-api-key-0001", OrgID: "0123456789abcdef01234567",
			UserID: "5a1b2c3d4e5f60718293a4b5", RequireSigned: true, Timeout: time.Second, Now: func() time.Time { return time.Unix(clock, 0) },
		}
		s := &signer{config: config, nonce: func() string { return "Ab3dE9" }, skew: new(atomic.Int64)}
		c := &caller{do: s.do, base: api.JoinURL(root, "v2"), timeout: config.Timeout}
		client := &ClientV2{Agents: AgentServiceV2{c}, Alerts: AlertServiceV2{c}}
		page, err := client.Agents.List(t.Context(), AgentQuery{}, "")
		return page, client, err
	}
	answer := func(status int, header, value, body string) *api.Response {
		return &api.Response{Status: status, Header: api.Header{{Name: "Content-Type", Value: "application/json"}, {Name: header, Value: value}}, Body: []byte(body)}
	}

	t.Run("A and C", func(t *testing.T) {
		t.Parallel()
		_, _, err := ask(ourClock, "http://127.0.0.1:8080", func(req *api.Request) *api.Response {
			assert.Equal(t, "http://127.0.0.1:8080/v2/agents?status=online", req.URL)
			assert.Contains(t, req.Header.Get("Authorization"), `mac="`+macA+`"`)
			assert.NotContains(t, req.Header.Get("Authorization"), "hash=")
			return answer(200, "Server-Authorization", proofC, bodyC)
		})
		require.NoError(t, err)
	})
	t.Run("C, and another body", func(t *testing.T) {
		t.Parallel()
		for _, body := range []string{`{"agents":[],"token":""}`, bodyC + " "} {
			_, _, err := ask(ourClock, "http://127.0.0.1:8080", func(*api.Request) *api.Response {
				return answer(200, "Server-Authorization", proofC, body)
			})
			require.ErrorAs(t, err, new(*api.DecodeError))
			assert.ErrorIs(t, err, errForged)
		}
	})
	t.Run("B", func(t *testing.T) {
		t.Parallel()
		sent := false
		_, client, _ := ask(ourClock, "https://api.threatstack.com", func(req *api.Request) *api.Response {
			if req.Method == "POST" {
				sent = true
				assert.Equal(t, `{"ids":["5a1b2c3d-0000-11e8-8000-0242ac110002"],"dismissReason":"OTHER","dismissReasonText":"test"}`, string(req.Body))
				assert.Contains(t, req.Header.Get("Authorization"), `hash="`+hashB+`"`)
				assert.Contains(t, req.Header.Get("Authorization"), `mac="`+macB+`"`)
			}
			return answer(400, "X", "", "")
		})
		require.Error(t, client.Alerts.Dismiss(t.Context(), Dismissal{
			IDs: []string{"5a1b2c3d-0000-11e8-8000-0242ac110002"}, Reason: OtherReason, ReasonText: "test",
		}))
		assert.True(t, sent)
	})
	t.Run("D", func(t *testing.T) {
		t.Parallel()
		for _, ours := range []int64{1_600_000_000, ourClock + 3600} {
			var times []string
			_, _, err := ask(ours, "http://127.0.0.1:8080", func(req *api.Request) *api.Response {
				_, after, _ := strings.Cut(req.Header.Get("Authorization"), `ts="`)
				at, _, _ := strings.Cut(after, `"`)
				times = append(times, at)
				if at != "1700000000" {
					return answer(401, "WWW-Authenticate", stale, `{"errors":["Stale timestamp"]}`)
				}
				assert.Contains(t, req.Header.Get("Authorization"), `mac="`+macA+`"`, "signed anew, for the server's time")
				return answer(200, "Server-Authorization", proofC, bodyC)
			})
			require.NoError(t, err)
			assert.Len(t, times, 2)
		}
	})
}
