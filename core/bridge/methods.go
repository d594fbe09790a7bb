package bridge

import (
	"context"

	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/report"
	"github.com/sightline-sec/sightline/core/trustar"
)

// method is one row of the method table.
type method struct {
	name string
	call func(*call)
}

// table is the one list of what JavaScript may ask for. core.d.ts is generated
// from it, and every row has a fixture or a test that calls it.
//
// The rows are alike and still not one generic function: its dictionary would hold
// every message's type, for which the linker keeps decoder and encoder of each
// message, and of all messages in it, though it needs one: 25 KB of gzipped wasm.
func (b *Bridge) table() []method {
	return []method{
		{"hello", func(c *call) {
			if req := new(HelloRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.hello(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"configure", func(c *call) {
			if req := new(ConfigureRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.configure(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"origin", func(c *call) {
			if req := new(OriginRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.origin(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"test", func(c *call) {
			if req := new(TestRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.test(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"enclaves", func(c *call) {
			if req := new(EnclavesRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.enclaves(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"preview", func(c *call) {
			if req := new(PreviewRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.preview(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"draft", func(c *call) {
			if req := new(DraftRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.draft(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"check", func(c *call) {
			if req := new(CheckRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.check(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"freeze", func(c *call) {
			if req := new(FreezeRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.freeze(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"outbox.claim", func(c *call) {
			if req := new(ItemRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.claim(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"outbox.send", func(c *call) {
			if req := new(ItemRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.send(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"outbox.retry", func(c *call) {
			if req := new(ItemRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.retry(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"outbox.park", func(c *call) {
			if req := new(ItemRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.park(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"outbox.recover", func(c *call) {
			if req := new(RecoverRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.recover(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"related", func(c *call) {
			if req := new(RelatedRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.related(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.put", func(c *call) {
			resp, err := b.indexPut(c.ctx, c.in)
			c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
		}},
		{"index.open", func(c *call) {
			if req := new(IndexOpenRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexOpen(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.status", func(c *call) {
			if req := new(Empty); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexStatus(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.set", func(c *call) {
			if req := new(IndexSetRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexSet(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.fill", func(c *call) {
			if req := new(IndexFillRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexFill(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.segment", func(c *call) {
			if req := new(IndexSegmentRequest); c.read(req.UnmarshalEasyJSON) {
				c.out, c.err = b.indexSegment(c.ctx, req)
			}
		}},
		{"index.committed", func(c *call) {
			if req := new(IndexCommittedRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexCommitted(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.clear", func(c *call) {
			if req := new(IndexClearRequest); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexClear(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
		{"index.verify", func(c *call) {
			if req := new(Empty); c.read(req.UnmarshalEasyJSON) {
				resp, err := b.indexVerify(c.ctx, req)
				c.write(err, func(w *jwriter.Writer) { resp.MarshalEasyJSON(w) })
			}
		}},
	}
}

// hello compares versions and describes the types. It must be the first call.
func (b *Bridge) hello(_ context.Context, req *HelloRequest) (*HelloResponse, error) {
	if req.Protocol != Protocol {
		return nil, &ProtocolError{Asked: req.Protocol}
	}
	resp := &HelloResponse{Protocol: Protocol, Version: b.version}
	for _, t := range indicator.Types() {
		resp.Types = append(resp.Types, TypeInfo{Type: t.String(), Label: t.Label(), TruSTAR: t.TruSTAR()})
	}
	return resp, nil
}

// configure replaces all profiles.
func (b *Bridge) configure(_ context.Context, req *ConfigureRequest) (*Empty, error) {
	b.app.Configure(req.Profiles)
	return &Empty{}, nil
}

// origin says what the browser must be asked for before a server can be reached.
func (b *Bridge) origin(_ context.Context, req *OriginRequest) (*OriginResponse, error) {
	origin := app.ParseOrigin(req.BaseURL)
	return &OriginResponse{Pattern: origin.Pattern, Host: origin.Host, BaseURL: origin.BaseURL, Problem: origin.Problem}, nil
}

// test tries a profile against its server.
func (b *Bridge) test(ctx context.Context, req *TestRequest) (*TestResponse, error) {
	reached, err := b.app.TestConnection(ctx, req.Profile)
	if err != nil {
		return nil, err
	}
	return &TestResponse{Words: reached.Words, Enclaves: enclavesOf(reached.Enclaves)}, nil
}

// enclaves lists the enclaves that a TruSTAR profile can see.
func (b *Bridge) enclaves(ctx context.Context, req *EnclavesRequest) (*EnclavesResponse, error) {
	found, err := b.app.Enclaves(ctx, req.ProfileID)
	if err != nil {
		return nil, err
	}
	return &EnclavesResponse{Enclaves: enclavesOf(found)}, nil
}

func enclavesOf(found []trustar.Enclave) []Enclave {
	enclaves := make([]Enclave, 0, len(found))
	for _, e := range found {
		enclaves = append(enclaves, Enclave{ID: e.ID, Name: e.Name, Type: e.Type, Read: e.Read, Create: e.Create, Update: e.Update})
	}
	return enclaves
}

// draft makes a draft of a page's text.
func (b *Bridge) draft(_ context.Context, req *DraftRequest) (*DraftResponse, error) {
	page := report.Page{Passages: texts(req.Passages), Title: req.PageTitle, URL: req.PageURL, Kept: req.Kept}
	draft, notices, err := b.app.Draft(page, req.ProfileID)
	if err != nil {
		return nil, err
	}
	words, err := report.Room(req.Items)
	if err != nil {
		words = report.Explain(err).What
	}
	if words != "" {
		notices = append(notices, words)
	}
	return &DraftResponse{Draft: draft, Notices: notices}, nil
}

// check says what would be sent for a draft, and what forbids it.
func (b *Bridge) check(_ context.Context, req *CheckRequest) (*CheckResponse, error) {
	verdict := b.app.Check(req.Draft)
	return &CheckResponse{Problems: verdict.Problems, Prepared: verdict.Prepared, Indicators: verdict.Indicators}, nil
}

// freeze turns a draft into an item of the outbox.
func (b *Bridge) freeze(_ context.Context, req *FreezeRequest) (*ItemResponse, error) {
	if _, err := report.Room(req.Items); err != nil {
		return nil, err
	}
	return itemResponse(b.app.Freeze(req.Draft, req.Hash))
}

// claim marks an item as being sent. The host commits it before it calls "outbox.send".
func (b *Bridge) claim(_ context.Context, req *ItemRequest) (*ItemResponse, error) {
	return itemResponse(b.app.Claim(req.Item))
}

// send makes one attempt to file a claimed item. A platform that refuses or does
// not answer is no fault: the item's new state says so.
func (b *Bridge) send(ctx context.Context, req *ItemRequest) (*ItemResponse, error) {
	return itemResponse(b.app.Send(ctx, req.Item))
}

// retry makes an unfiled item due now.
func (b *Bridge) retry(_ context.Context, req *ItemRequest) (*ItemResponse, error) {
	return itemResponse(b.app.Retry(req.Item))
}

// park pauses an item for a reason that the host found, e.g. a missing permission.
func (b *Bridge) park(_ context.Context, req *ItemRequest) (*ItemResponse, error) {
	return itemResponse(b.app.Park(req.Item, req.Reason))
}

func itemResponse(item report.Item, err error) (*ItemResponse, error) {
	if err != nil {
		return nil, err
	}
	return &ItemResponse{Item: item}, nil
}

// recover puts the outbox in order while no sender lives: when the host starts,
// and whenever it wakes with the outbox's lock in its hands.
func (b *Bridge) recover(_ context.Context, req *RecoverRequest) (*RecoverResponse, error) {
	agenda := b.app.Recover(req.Items)
	resp := &RecoverResponse{Items: agenda.Changed, Due: agenda.Due}
	if !agenda.WakeAt.IsZero() {
		resp.WakeAt = agenda.WakeAt.UnixMilli()
	}
	return resp, nil
}

// related asks the platforms what they know of indicators.
func (b *Bridge) related(ctx context.Context, req *RelatedRequest) (*RelatedResponse, error) {
	answer, remembered, err := b.app.Recall(ctx, req.Indicators, req.ProfileIDs, req.Remembered)
	if err != nil {
		return nil, err
	}
	return &RelatedResponse{Answer: answer, Remembered: remembered}, nil
}
