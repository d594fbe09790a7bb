package report

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// The kinds of Trouble: one for each different reaction.
const (
	TroubleCredentials = "credentials"
	TroubleNetwork     = "network"
	TroubleTimeout     = "timeout"
	TroubleCancelled   = "cancelled"
	TroubleRateLimit   = "rate-limit"
	TroubleRefused     = "refused"
	TroubleServer      = "server"
	TroubleProtocol    = "protocol"
	TroubleInvalid     = "invalid"
	TroubleProfile     = "profile"
	TroubleInternal    = "internal"
)

// Trouble is an error in words for people. It holds no secret.
type Trouble struct {
	Kind string
	// What happened and what to do, a sentence each; Todo may be "".
	What string
	Todo string
	// Status is the HTTP status, 0 when there was no answer.
	Status int
	// Wait is how long to wait, 0 when waiting does not help.
	Wait time.Duration
}

// Troubled is an error that knows its own words.
type Troubled interface {
	error
	Trouble() Trouble
}

// Explain puts an error into words. An error that it does not know is our own
// mistake, and its text is not shown to people.
func Explain(err error) Trouble {
	var own Troubled
	if errtype.As(err, &own) {
		return own.Trouble()
	}
	trouble, known := explainAnswer(err)
	if !known {
		trouble, known = explainCall(err)
	}
	if !known {
		trouble = Trouble{Kind: TroubleInternal, What: "Something went wrong in Sightline itself.", Todo: "Try again. If it lasts, report it with the details."}
	}
	if exchange, ok := api.ExchangeOf(err); ok {
		trouble.Status = exchange.Status
	}
	return trouble
}

// explainAnswer knows the errors that come of a platform's answer.
func explainAnswer(err error) (Trouble, bool) {
	var (
		limit  *api.RateLimitError
		auth   *api.AuthError
		status *api.StatusError
	)
	switch {
	case errtype.As(err, &limit):
		wait := min(max(limit.Wait, time.Second), longestWait)
		return Trouble{
			Kind: TroubleRateLimit, What: "The platform was asked too often.", Wait: wait,
			Todo: "Wait " + waitWords(wait) + " and try again.",
		}, true
	case errtype.As(err, &auth):
		return Trouble{
			Kind: TroubleCredentials, What: "The platform refuses the key or secret" + quoted(auth.Message),
			Todo: "Enter them again in the options.",
		}, true
	case !errtype.As(err, &status):
		return Trouble{}, false
	}
	code := " (status " + strconv.Itoa(status.Status) + ")"
	switch {
	case status.Status == 404 || status.Status == 405:
		return Trouble{
			Kind: TroubleRefused, What: "The platform has no such thing at this address" + code + quoted(status.Message),
			Todo: "Check the address and the API version in the profile.",
		}, true
	case status.Status == 403:
		return Trouble{
			Kind: TroubleRefused, What: "The platform does not allow this account to do that" + code + quoted(status.Message),
			Todo: "Ask whoever manages the account there.",
		}, true
	case status.Temporary():
		return Trouble{Kind: TroubleServer, What: "The platform failed" + code + quoted(status.Message), Todo: "Try again in a few minutes."}, true
	}
	return Trouble{Kind: TroubleRefused, What: "The platform refuses" + code + quoted(status.Message)}, true
}

// explainCall knows the errors of a call that got no answer that can be used.
func explainCall(err error) (Trouble, bool) {
	var (
		network     *api.NetworkError
		redirect    *api.RedirectError
		large       *api.BodyTooLargeError
		decode      *api.DecodeError
		invalid     *api.InvalidError
		unsupported *api.UnsupportedError
		state       *StateError
		due         *NotDueError
	)
	switch {
	case errtype.As(err, &network) && network.Timeout:
		return Trouble{Kind: TroubleTimeout, What: "The platform did not answer in time.", Todo: "Try again."}, true
	case errtype.As(err, &network):
		return Trouble{
			Kind: TroubleNetwork, What: "The platform could not be reached, or its answer was cut off.",
			Todo: "Check the connection and the address in the profile, then try again.",
		}, true
	case errtype.As(err, &redirect):
		return Trouble{
			Kind: TroubleProtocol, What: "The server points to another address. That is not followed, since it would take the key along.",
			Todo: "Check the address in the profile.",
		}, true
	case errtype.As(err, &large):
		return Trouble{Kind: TroubleProtocol, What: "The platform's answer is larger than can be used.", Todo: "Ask for less at once."}, true
	case errtype.As(err, &decode):
		return Trouble{
			Kind: TroubleProtocol, What: "The platform's answer cannot be understood.",
			Todo: "Check that the address in the profile is the platform's API and that no login page stands before it.",
		}, true
	case errtype.As(err, &invalid):
		return Trouble{Kind: TroubleInvalid, What: "That cannot be used: " + invalidWords(invalid)}, true
	case errtype.As(err, &unsupported):
		return Trouble{
			Kind: TroubleProfile, What: "API " + oneLine(unsupported.Version, maxPlatformWords) + " of the platform has no such call.",
			Todo: "Choose API " + oneLine(unsupported.Has, maxPlatformWords) + " in the profile.",
		}, true
	case errtype.As(err, &state):
		return Trouble{Kind: TroubleInvalid, What: "That does not fit: " + state.Error() + ".", Todo: "Look at the report again; another window may have been faster."}, true
	case errtype.As(err, &due):
		return Trouble{Kind: TroubleInvalid, What: "The report waits before it is sent again.", Wait: due.Wait}, true
	case errors.Is(err, context.Canceled):
		return Trouble{Kind: TroubleCancelled, What: "Stopped."}, true
	case errors.Is(err, context.DeadlineExceeded):
		return Trouble{Kind: TroubleTimeout, What: "It took too long and was stopped.", Todo: "Try again."}, true
	}
	return Trouble{}, false
}

// invalidWords make a sentence of an argument and what is wrong with it.
func invalidWords(e *api.InvalidError) string {
	return strings.TrimRight(oneLine(e.Field+" "+e.Problem, maxPlatformWords), ".") + "."
}

// waitWords is a wait in the largest unit that fits, rounded up.
func waitWords(d time.Duration) string {
	count := func(unit time.Duration, name string) string {
		n := int64((d + unit - 1) / unit)
		if n != 1 {
			name += "s"
		}
		return strconv.FormatInt(n, 10) + " " + name
	}
	switch {
	case d <= 90*time.Second:
		return count(time.Second, "second")
	case d <= 90*time.Minute:
		return count(time.Minute, "minute")
	}
	return count(time.Hour, "hour")
}
