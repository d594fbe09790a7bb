package trustartest

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/trustar"
)

// Operation is a call of the API: method and path as the contract writes them.
type Operation struct {
	Name string
	// Version of the client that makes it.
	Version string
	// Plain says that the body is no JSON.
	Plain bool
	// Exchanges are what is sent and answered.
	Exchanges []Exchange
	Run       func(context.Context, *trustar.Client) (any, error)
}

// Exchange is a request with its answer.
type Exchange struct {
	// Line is the method and the target below /api.
	Line string
	// Sent is the body, "" for none.
	Sent string
	// Answer is a file of testdata/api/trustar; Status is 0 for 200.
	Answer string
	Status int
}

// Ids of the fixtures.
const (
	reportID  = "6c1b7f0a-9a51-4a7e-8f0e-3f1f6f7c2a11"
	labID     = "7f2d4c7e-52c1-4a60-9d4e-0c2a5b3f8e10"
	otherID   = "a0c1d2e3-0001-4000-8000-00000000c0de"
	tagID     = "5d1e0c2a-1111-4222-8333-444455556666"
	guid      = "3b7c1e52-9d0a-3c41-8f0e-1a2b3c4d5e6f"
	cursor    = "eyJwYWdlTnVtYmVyIjoxLCJwYWdlU2l6ZSI6Miwib2Zmc2V0Ijo0fQ=="
	year2023  = trustar.Timestamp(1700000000000)
	aBitLater = trustar.Timestamp(1700000050000)
)

func span() trustar.Range { return trustar.Range{From: year2023, To: aBitLater} }

func submission() trustar.Submission {
	return trustar.Submission{
		ExternalID: "case9", Title: "Odd login", Body: "seen 192.0.2.7",
		Distribution: trustar.DistributionEnclave, EnclaveIDs: []string{labID},
	}
}

const submissionJSON = `{"title":"Odd login","reportBody":"seen 192.0.2.7","externalTrackingId":"case9","distributionType":"ENCLAVE","enclaveIds":["` + labID + `"]`

// Operations are all calls of all versions.
func Operations() []Operation {
	var all []Operation
	for _, section := range [][]Operation{general(), reports13(), reports12(), indicators13(), tags(), triage(), submissions20(), rest20()} {
		all = append(all, section...)
	}
	return all
}

func collect[T any](all iter.Seq2[T, error]) (any, error) {
	got := []T{}
	for item, err := range all {
		if err != nil {
			return nil, err
		}
		got = append(got, item)
	}
	return got, nil
}

func nothing(err error) (any, error) { return "done", err }

// one is an operation of one exchange without a body in its request.
func one(name, version, line, answer string, run func(context.Context, *trustar.Client) (any, error)) Operation {
	return sent(name, version, line, "", answer, run)
}

func sent(name, version, line, body, answer string, run func(context.Context, *trustar.Client) (any, error)) Operation {
	method := name
	for i := range name {
		if name[i] == ' ' {
			method = name[:i]
			break
		}
	}
	return Operation{Name: name, Version: version, Exchanges: []Exchange{{Line: method + " " + line, Sent: body, Answer: answer}}, Run: run}
}

func general() []Operation {
	ping := func(ctx context.Context, c *trustar.Client) (any, error) { return nothing(c.Ping(ctx)) }
	version := func(ctx context.Context, c *trustar.Client) (any, error) { return c.ServerVersion(ctx) }
	enclaves := func(ctx context.Context, c *trustar.Client) (any, error) { return c.Enclaves(ctx) }
	return []Operation{
		{Name: "POST /oauth/token", Version: trustar.Version13, Exchanges: []Exchange{{Line: "GET /1.3/ping", Answer: "pong.txt"}}, Run: ping},
		one("GET /api/version", trustar.Version20, "/version", "version.txt", version),
		one("GET /1.2/ping", trustar.Version12, "/1.2/ping", "pong.txt", ping),
		one("GET /1.3/ping", trustar.Version13, "/1.3/ping", "pong.txt", ping),
		one("GET /2.0/ping", trustar.Version20, "/2.0/ping", "pong.txt", ping),
		one("GET /1.2/version", trustar.Version12, "/1.2/version", "version-1.2.txt", version),
		one("GET /1.3/version", trustar.Version13, "/1.3/version", "version-1.3.txt", version),
		one("GET /1.3/enclaves", trustar.Version13, "/1.3/enclaves", "enclaves-1.3.json", enclaves),
		one("GET /2.0/enclaves", trustar.Version20, "/2.0/enclaves", "v2-enclaves.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.EnclaveDetails(ctx)
		}),
		one("GET /1.3/request-quotas", trustar.Version13, "/1.3/request-quotas", "quotas-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.RequestQuotas(ctx)
		}),
	}
}
