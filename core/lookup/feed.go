package lookup

import (
	"context"
	"errors"
	"time"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// Feed is a platform that can be walked, so that its objects stand in the index. A
// platform is added by one file with a Feed, one with a Source, or both.
//
// What has changed is asked for by the order of change, what there is by the order
// of creation. Both orders are total where the platform keeps to them; whatever a
// platform does with them, an object is read again only when its Version or
// ModifiedAt differs from what the index has.
type Feed interface {
	// Identity says who is asked: ProfileID, Platform and Name are set, nothing else.
	Identity() SourceState

	// Kind is the one kind of its objects.
	Kind() string

	// Limits are what the platform bears.
	Limits() Limits

	// List gets one page.
	List(ctx context.Context, q Cursor) (Page, error)

	// Read gets what an object of a page holds. ErrVanished says that there is no such
	// object any more.
	Read(ctx context.Context, object index.Object) ([]index.Sighting, error)
}

// Limits are what a platform bears of us.
type Limits struct {
	// Page is how many objects a list call gives at most.
	Page int
	// PerMinute is how many calls a minute are allowed; 0 when nothing is published.
	PerMinute int
	// ByChange says that the platform lists by the time of change. Where it does not,
	// what is new is found by the time of creation.
	ByChange bool
}

// Cursor says which page.
type Cursor struct {
	// Changed lists by the time of change, oldest first; otherwise it is by the time
	// of creation, newest first.
	Changed bool
	// From and To bound the time that the order is by, milliseconds since 1970, both
	// ends included; 0 is no bound.
	From, To int64
	// CreatedFrom bounds the time of creation where the order is by change.
	CreatedFrom int64
	// Skip is how many of those to leave out at the front.
	Skip int
	// Limit is how many to list, at most Limits.Page.
	Limit int
}

// Page is one answer to a list call.
type Page struct {
	// Objects in the order of the list. Source is set.
	Objects []index.Object
	// Total is how many match the cursor's bounds, whatever its Skip and Limit; what
	// is known of it where the platform does not count.
	Total int
	// Last says that nothing follows.
	Last bool
	// Held is what the objects hold where the list brings that along; nil where each
	// must be read.
	Held [][]index.Sighting
}

// What a Feed says where it has no answer.
var (
	// ErrVanished is what Read says of an object that is gone.
	ErrVanished = errors.New("there is no such object any more")
	// ErrLostPlace is what List says when it cannot go on by Skip: the order is entered
	// again by time.
	ErrLostPlace = errors.New("the place in the list is lost")
)

// freshFor is how long after its last pass an index still speaks for its platform.
const freshFor = 15 * time.Minute
