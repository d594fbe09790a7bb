package report

import (
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

const (
	firstBackoff = 2 * time.Second
	lastBackoff  = 15 * time.Minute
	// longestWait is the longest that anything waits: the daily quota is renewed by then.
	longestWait = 24 * time.Hour
	// maxPlatformWords is how much of a platform's own words is shown, in characters.
	maxPlatformWords = 300
)

// Verdict is what a failed attempt means for an item.
type Verdict struct {
	State  string
	Reason string
	// Wait before the next attempt; for StatePending alone.
	Wait  time.Duration
	Words string
}

// Judge says what a failed attempt means. attempts is how many there were,
// jitter a random number in [0,1).
//
// An attempt whose outcome is unknown is made again: no answer, half an answer,
// one that cannot be understood (a captive portal answers 200 too), a redirect, a
// failure of the server. The platform's no to the report stops the item with the
// platform's own words; its no to the caller, or to the address, pauses it. An
// error that is none of api's is unknown too: sending again under the same id is
// safe, giving up is not.
func Judge(err error, attempts int, jitter float64) Verdict {
	var (
		limit       *api.RateLimitError
		auth        *api.AuthError
		status      *api.StatusError
		invalid     *api.InvalidError
		unsupported *api.UnsupportedError
		redirect    *api.RedirectError
		network     *api.NetworkError
		moved       *MovedError
		tampered    *TamperedError
	)
	again := func(what string) Verdict {
		return Verdict{
			State: StatePending,
			Wait:  backoff(attempts, jitter),
			Words: what + " The report is kept and will be sent again by itself.",
		}
	}
	switch {
	case errtype.As(err, &limit):
		wait := min(max(limit.Wait, time.Second), longestWait)
		return Verdict{
			State: StatePending, Reason: ReasonRateLimit, Wait: wait,
			Words: "The platform asks to wait. The report is kept and will be sent by itself.",
		}
	case errtype.As(err, &auth):
		return Verdict{
			State: StatePaused, Reason: ReasonCredentials,
			Words: "The platform refuses the profile's key or secret" + quoted(auth.Message) + " The report is kept. Enter them again in the options.",
		}
	case errtype.As(err, &moved):
		return Verdict{
			State: StatePaused, Reason: ReasonProfile,
			Words: "Not sent: the profile now points to " + oneLine(moved.Now, maxPlatformWords) + ", and this report was to go to " + oneLine(moved.Shown, maxPlatformWords) +
				". The report is kept. Set the profile back, or make a new draft of it.",
		}
	case errtype.As(err, &tampered):
		return stopped("Not sent: the stored bytes are not those that were shown.")
	case errtype.As(err, &unsupported):
		return Verdict{
			State: StatePaused, Reason: ReasonProfile,
			Words: "Not sent: the API version of the profile has no such call. The report is kept. Change the version in the options.",
		}
	case errtype.As(err, &invalid):
		return stopped("Not sent: " + invalidWords(invalid))
	case errtype.As(err, &redirect):
		return again("The server pointed to another address, which is not followed. If that lasts, check the address in the profile.")
	case errtype.As(err, &network) && network.Timeout:
		return again("The platform did not answer in time.")
	case errtype.As(err, &network):
		return again("The platform could not be reached, or its answer was cut off.")
	case errtype.As(err, &status):
		return judgeStatus(status, again)
	}
	return again("Whether the platform has taken the report is not known.")
}

// judgeStatus follows the table of answers in the package's contract: 4xx is final,
// but for those that are about the moment, the caller or the address.
func judgeStatus(e *api.StatusError, again func(string) Verdict) Verdict {
	code := strconv.Itoa(e.Status)
	switch {
	case e.Status == 401 || e.Status == 407:
		return Verdict{
			State: StatePaused, Reason: ReasonCredentials,
			Words: "The platform refuses the profile's key or secret" + quoted(e.Message) + " The report is kept. Enter them again in the options.",
		}
	case e.Status == 404 || e.Status == 405:
		return Verdict{
			State: StatePaused, Reason: ReasonProfile,
			Words: "There is no such service at the profile's address (status " + code + ")" + quoted(e.Message) + " The report is kept. Check the address in the options.",
		}
	case e.Status == 408 || e.Status == 425 || e.Status < 400 || e.Status >= 500:
		return again("The platform failed (status " + code + ").")
	}
	return stopped("The platform refuses the report (status " + code + ")" + quoted(e.Message))
}

func stopped(what string) Verdict {
	return Verdict{State: StateStopped, Words: what + " The report is kept. Change it as a new draft, or discard it."}
}

// quoted ends a sentence with a platform's own words.
func quoted(words string) string {
	if words = oneLine(words, maxPlatformWords); words == "" {
		return "."
	}
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, "?") {
		return ": “" + words + "”" // it ends the sentence itself
	}
	return ": “" + words + "”."
}

// backoff is full jitter: a random share of 4 s, 8 s, 16 s … 15 min, and at least
// 2 s, so that items that failed together do not come back together.
func backoff(attempts int, jitter float64) time.Duration {
	ceiling := firstBackoff
	for range attempts {
		if ceiling *= 2; ceiling >= lastBackoff {
			ceiling = lastBackoff
			break
		}
	}
	return max(firstBackoff, time.Duration(min(max(jitter, 0), 1)*float64(ceiling)))
}
