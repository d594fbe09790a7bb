package bridge

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/base64"
	"github.com/sightline-sec/sightline/core/lookup"
)

// segmentName is how many bytes the name of a segment takes in "index.put".
const segmentName = 16

// indexPut hands in a stored segment before "index.open": its name in 16 bytes, then
// its bytes. They are not JSON.
func (b *Bridge) indexPut(_ context.Context, in []byte) (*Empty, error) {
	if len(in) < segmentName {
		return nil, &api.InvalidError{Field: "segment", Problem: "has no name"}
	}
	b.app.LoadSegment(string(in[:segmentName]), in[segmentName:])
	return &Empty{}, nil
}

// indexOpen puts the stored index in the place of the present one. What is damaged is
// left out and fetched again.
func (b *Bridge) indexOpen(_ context.Context, req *IndexOpenRequest) (*IndexOpenResponse, error) {
	manifest, ok := base64.Decode(req.Manifest)
	if !ok {
		manifest = "?" // is refused as any damaged one
	}
	states := make([]lookup.FillState, 0, len(req.States))
	for _, stored := range req.States {
		// A state that cannot be read is as none: its profile is not indexed.
		if state, ok := lookup.ParseFillState(stored.State); ok {
			states = append(states, state)
		}
	}
	damage := b.app.OpenIndex([]byte(manifest), states)
	return &IndexOpenResponse{Status: b.statusOfIndex(), Damage: damage}, nil
}

// indexStatus says how far the index is. Nothing is asked of any platform.
func (b *Bridge) indexStatus(context.Context, *Empty) (*IndexStatus, error) {
	status := b.statusOfIndex()
	return &status, nil
}

// indexSet switches the index of a profile on or off, or changes its budget. Off keeps
// what is there, and "related" asks the platform again.
func (b *Bridge) indexSet(_ context.Context, req *IndexSetRequest) (*IndexResponse, error) {
	if err := b.app.SetIndex(req.ProfileID, req.Settings); err != nil {
		return nil, err
	}
	return b.indexResponse(), nil
}

// indexFill goes on filling the index. A platform that refuses or does not answer is
// no fault: the status says so. A call that is cancelled keeps what has come: the next
// one has it among its changes.
func (b *Bridge) indexFill(ctx context.Context, req *IndexFillRequest) (*IndexResponse, error) {
	limits := lookup.SliceLimits{Calls: req.Calls}
	if req.ForMs > 0 {
		limits.Until = b.app.Now().Add(time.Duration(req.ForMs) * time.Millisecond)
	}
	if err := b.app.FillIndex(ctx, req.ProfileIDs, limits); err != nil {
		return nil, err
	}
	return b.indexResponse(), nil
}

// indexSegment answers the bytes of a segment that the last changes named. They are
// not JSON.
func (b *Bridge) indexSegment(_ context.Context, req *IndexSegmentRequest) ([]byte, error) {
	data, ok := b.app.Segment(req.Name)
	if !ok {
		return nil, &api.InvalidError{Field: "name", Problem: "is none of the last changes' segments"}
	}
	return data, nil
}

// indexCommitted tells that the changes with the stamp are stored. A stamp that is not
// the last one is left alone: its changes are told again.
func (b *Bridge) indexCommitted(_ context.Context, req *IndexCommittedRequest) (*Empty, error) {
	b.app.CommittedIndex(req.Stamp)
	return &Empty{}, nil
}

// indexClear forgets what the index has of a profile, or of all.
func (b *Bridge) indexClear(_ context.Context, req *IndexClearRequest) (*IndexResponse, error) {
	b.app.ClearIndex(req.ProfileID)
	return b.indexResponse(), nil
}

// indexVerify reads all of the index and says what is wrong with it.
func (b *Bridge) indexVerify(context.Context, *Empty) (*IndexVerifyResponse, error) {
	return &IndexVerifyResponse{Problem: b.app.VerifyIndex()}, nil
}

func (b *Bridge) statusOfIndex() IndexStatus {
	status := b.app.IndexStatus()
	return IndexStatus{
		Profiles: status.Profiles, Objects: status.Objects, Postings: status.Postings,
		Bytes: status.Bytes, Segments: status.Segments, WakeAt: status.WakeAt,
	}
}

func (b *Bridge) indexResponse() *IndexResponse {
	changes := b.app.IndexChanges()
	resp := &IndexResponse{
		Status: b.statusOfIndex(),
		Changes: IndexChanges{
			Stamp: changes.Stamp, Manifest: base64.Encode(string(changes.Manifest)), Deleted: changes.Deleted,
		},
	}
	for i := range changes.States {
		state := &changes.States[i]
		resp.Changes.States = append(resp.Changes.States, IndexState{ProfileID: state.ProfileID, State: state.String()})
	}
	for _, segment := range changes.Written {
		resp.Changes.Written = append(resp.Changes.Written, IndexSegment{Name: segment.Name, Bytes: len(segment.Data)})
	}
	return resp
}
