package bridge

import (
	"errors"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/report"
)

// maxDetail is the longest Fault.Detail, in bytes.
const maxDetail = 1000

// EncodeFault returns the JSON of the Fault for an error. It is never empty.
func EncodeFault(err error) []byte {
	writer := newWriter()
	faultOf(err).MarshalEasyJSON(writer)
	out, _ := writer.BuildBytes() // fails with the writer's error alone, and a struct of strings has none
	return out
}

// faultOf puts an error into words.
func faultOf(err error) *Fault {
	if err == nil {
		err = errors.New("a call failed without an error")
	}
	trouble := report.Explain(err)
	return &Fault{
		Kind:   trouble.Kind,
		What:   trouble.What,
		Kept:   kept(err),
		Todo:   trouble.Todo,
		Detail: detail(err),
		Status: trouble.Status,
		WaitMs: int64((trouble.Wait + time.Millisecond - 1) / time.Millisecond),
	}
}

// kept says what a failed call has not lost.
func kept(err error) string {
	var call *CallError
	if !errtype.As(err, &call) {
		return ""
	}
	switch call.Method {
	case "draft":
		return "The text that was read is kept."
	case "check", "freeze":
		return "The draft is kept."
	case "outbox.claim", "outbox.send", "outbox.retry", "outbox.park", "outbox.recover":
		return "The report is kept in the outbox."
	case "test", "origin":
		return "The profile was not changed."
	case "enclaves", "related":
		return "Nothing was sent but the question."
	}
	return ""
}

// detail is for a bug report. Errors hold no secrets by themselves; one that we do
// not know may quote anything, and is named by its method alone.
func detail(err error) string {
	text := ""
	var (
		call    *CallError
		network *api.NetworkError
		own     report.Troubled
	)
	switch {
	case errtype.As(err, &network):
		// A browser's own words may quote the whole address.
		text = (&api.NetworkError{Exchange: network.Exchange, Timeout: network.Timeout}).Error()
	case errtype.As(err, &own) || report.Explain(err).Kind != report.TroubleInternal:
		text = err.Error()
	case errtype.As(err, &call):
		text = call.Method + " failed"
	}
	return text[:min(len(text), maxDetail)]
}

// ProtocolError means that host and core were not built together.
type ProtocolError struct{ Asked int }

func (e *ProtocolError) Error() string {
	return "the host speaks protocol " + strconv.Itoa(e.Asked) + ", the core " + strconv.Itoa(Protocol)
}

// Trouble implements report.Troubled.
func (e *ProtocolError) Trouble() report.Trouble {
	return report.Trouble{
		Kind: report.TroubleInternal,
		What: "The parts of Sightline do not fit together.",
		Todo: "Reload the extension; if that does not help, install it again.",
	}
}
