package app

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

// indexes is what an App knows of its index beside the index itself.
type indexes struct {
	library *lookup.Library
	// states are those that were loaded or set, by profile; a filler has its own.
	states map[string]lookup.FillState
	// fillers are made of states when a profile that can be walked is asked for.
	fillers map[string]filling
	// loading are the segments that came before OpenIndex.
	loading map[string][]byte
	// given are the changes that the host was told last, under stamp.
	given index.Changes
	stamp int
}

// filling is a filler with what it was made for.
type filling struct {
	*lookup.Filler
	// client is the connection's, to be compared.
	client any
	name   string
}

// IndexStatus is the index in numbers.
type IndexStatus struct {
	// Profiles are those that can be indexed, in the order of the profiles.
	Profiles []lookup.FillProgress
	index.Stats
	// WakeAt is when there is something to do next, milliseconds since 1970; 0 is never.
	WakeAt int64
}

// IndexChanges are what a host must store, all together or not at all.
type IndexChanges struct {
	// Stamp is what Committed is to be told.
	Stamp int
	// States are all there are; one that is not among them is to be deleted.
	States []lookup.FillState
	index.Changes
}

// LoadSegment hands in a stored segment of the index, before OpenIndex.
func (a *App) LoadSegment(name string, data []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.indexes.loading == nil {
		a.indexes.loading = make(map[string][]byte)
	}
	a.indexes.loading[name] = data
}

// OpenIndex puts the stored index in the place of the present one, with what was
// stored beside it. What is damaged is left out and will be fetched again: the words
// say so, "" when all is well.
func (a *App) OpenIndex(manifest []byte, states []lookup.FillState) string {
	a.mu.Lock()
	segments := a.indexes.loading
	a.indexes.loading = nil
	a.mu.Unlock()
	opened, damage := index.Open(manifest, func(name string) ([]byte, error) { return segments[name], nil })
	return a.UseIndex(opened, damage, states)
}

// UseIndex is OpenIndex with an index that the host has opened. It belongs to the App
// from then on; CommitIndex lends it.
func (a *App) UseIndex(opened *index.Index, damage *index.Damage, states []lookup.FillState) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	x := &a.indexes
	for _, made := range x.fillers {
		made.Stop()
	}
	x.given = index.Changes{}
	x.library.Replace(opened)
	x.fillers = make(map[string]filling)
	x.states = make(map[string]lookup.FillState, len(states))
	empty := opened.Stats().Objects == 0
	for _, state := range states {
		if empty || damage != nil && (damage.Manifest || slices.Contains(damage.Sources, state.ProfileID)) {
			state.Restart(x.library.Objects(state.ProfileID))
		}
		x.states[state.ProfileID] = state
	}
	if damage != nil {
		return "A part of the index was damaged. It was left out and is fetched again."
	}
	return ""
}

// CommitIndex lets a host that opened the index store it: commit runs while nobody
// changes it. The states are to be stored when that has succeeded.
func (a *App) CommitIndex(commit func() error) ([]lookup.FillState, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	states := a.indexes.sorted() // first, as IndexChanges has them
	var err error
	a.indexes.library.Do(func(*index.Index) { err = commit() })
	return states, err
}

// SetIndex changes what the user wants indexed of a profile.
func (a *App) SetIndex(profileID string, settings lookup.FillSettings) error {
	c, err := a.find(profileID)
	if err != nil {
		return err
	}
	if feedOf(c) == nil {
		return &ProfileError{"This profile's platform is asked at once; it needs no index.", ""}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	x := &a.indexes
	if filler := a.filler(c); filler != nil {
		filler.Set(settings)
		return nil
	}
	state := x.states[profileID]
	state.ProfileID, state.Server, state.Settings = profileID, server(c), settings
	x.states[profileID] = state
	return nil
}

// FillIndex goes on filling the index for the given profiles, or all that are
// switched on, until a limit is reached or nothing is to be done. What befalls a
// platform is in the status.
func (a *App) FillIndex(ctx context.Context, profileIDs []string, limits lookup.SliceLimits) error {
	var slices sync.WaitGroup
	for _, c := range a.all(profileIDs) {
		a.mu.Lock()
		filler := a.filler(c)
		a.mu.Unlock()
		if filler != nil && c.usable() == nil {
			slices.Go(func() { _, _ = filler.Slice(ctx, limits) }) // ctx has its error
		}
	}
	slices.Wait()
	for more := true; more && ctx.Err() == nil && (limits.Until.IsZero() || a.now().Before(limits.Until.Add(mergeTime))); {
		a.indexes.library.Do(func(x *index.Index) { more = x.Merge(mergeStep) }) // look-ups come in between
	}
	return ctx.Err()
}

const (
	// mergeStep is how many objects and keys are merged between two looks at the clock,
	// mergeTime how long a slice may merge when its time is over: a merge must get
	// somewhere in the shortest of slices.
	mergeStep = 20_000
	mergeTime = 2 * time.Second
)

// ClearIndex forgets what the index has of a profile, of all for "", and switches it off.
// Nothing of it is left once the changes are stored.
func (a *App) ClearIndex(profileID string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x := &a.indexes
	for id := range x.states {
		if profileID == "" || id == profileID {
			x.forget(id)
		}
	}
	if profileID == "" {
		x.library.Clear("")
	}
}

// forget drops a profile's state, filler and objects. Nothing of them is left once the
// changes are stored.
func (x *indexes) forget(profileID string) {
	if filler, ok := x.fillers[profileID]; ok {
		filler.Stop()
	}
	delete(x.fillers, profileID)
	delete(x.states, profileID)
	x.library.Clear(profileID)
	x.library.Do((*index.Index).Purge)
}

// VerifyIndex reads all of the index. The words say what is wrong, "" when nothing is.
func (a *App) VerifyIndex() (words string) {
	a.indexes.library.Do(func(x *index.Index) {
		if err := x.Verify(); err != nil {
			words = err.Error()
		}
	})
	return words
}

// IndexStatus says how far the index is.
func (a *App) IndexStatus() IndexStatus {
	var status IndexStatus
	for _, c := range a.all(nil) {
		feed := feedOf(c)
		if feed == nil {
			continue
		}
		a.mu.Lock()
		filler := a.filler(c)
		a.mu.Unlock()
		identity := feed.Identity()
		progress := lookup.FillProgress{ProfileID: identity.ProfileID, Platform: identity.Platform, Name: identity.Name, Phase: "off"}
		if filler != nil {
			progress = filler.Progress()
		}
		if err := c.usable(); err != nil && progress.Settings.On {
			progress.Words, progress.WakeAt = err.Error(), 0
		}
		if progress.WakeAt > 0 && (status.WakeAt == 0 || progress.WakeAt < status.WakeAt) {
			status.WakeAt = progress.WakeAt
		}
		status.Profiles = append(status.Profiles, progress)
	}
	a.indexes.library.Do(func(x *index.Index) { status.Stats = x.Stats() })
	return status
}

// IndexChanges are what has changed since what was last committed.
func (a *App) IndexChanges() IndexChanges {
	a.mu.Lock()
	defer a.mu.Unlock()
	x := &a.indexes
	var changes IndexChanges
	// States come first: one that knows less than the index asks again for what is
	// there already, one that knew more would have lost something.
	changes.States = x.sorted()
	x.library.Do(func(i *index.Index) { changes.Changes = i.Changes() })
	x.stamp++
	x.given = changes.Changes
	changes.Stamp = x.stamp
	return changes
}

// Segment returns the bytes of a segment that the last IndexChanges named.
func (a *App) Segment(name string) ([]byte, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, segment := range a.indexes.given.Written {
		if segment.Name == name {
			return segment.Data, true
		}
	}
	return nil, false
}

// CommittedIndex tells that the changes with the stamp are stored. Those of an older
// one are told again.
func (a *App) CommittedIndex(stamp int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x := &a.indexes
	if stamp == x.stamp {
		x.library.Do(func(i *index.Index) { i.Committed(x.given) })
		x.given = index.Changes{}
	}
}

// filler returns the filler of a connection, nil where the user has not switched the
// index on once. The App is locked.
func (a *App) filler(c *connection) *lookup.Filler {
	x := &a.indexes
	id := c.profile.ID
	state, set := x.states[id]
	feed := feedOf(c)
	if !set || feed == nil {
		return nil
	}
	if state.Server != server(c) { // what another server had says nothing about this one
		settings := state.Settings
		x.forget(id)
		state = lookup.FillState{ProfileID: id, Server: server(c), Settings: settings}
		x.states[id] = state
	}
	if made, ok := x.fillers[id]; ok {
		if made.client == c.client() && made.name == c.profile.Name {
			return made.Filler
		}
		state = made.State()
		made.Stop()
	}
	made := filling{lookup.NewFiller(feed, x.library, state, a.now), c.client(), c.profile.Name}
	x.fillers[id] = made
	return made.Filler
}

// sorted are all states as they are now, in the order of their profiles' ids.
func (x *indexes) sorted() []lookup.FillState {
	var all []lookup.FillState
	for id, state := range x.states {
		if made, ok := x.fillers[id]; ok {
			state = made.State()
		}
		all = append(all, state)
	}
	sorted := make([]lookup.FillState, 0, len(all))
	for _, i := range sorting.Order(len(all), func(i, j int) bool { return all[i].ProfileID < all[j].ProfileID }) {
		sorted = append(sorted, all[i])
	}
	return sorted
}

// server names the server of a connection, for the state.
func server(c *connection) string {
	return c.profile.Platform + " " + strings.TrimRight(c.profile.BaseURL, "/")
}

// feedOf is how a connection's platform is walked; nil where it need not be.
func feedOf(c *connection) lookup.Feed {
	identity := lookup.SourceState{ProfileID: c.profile.ID, Platform: c.profile.Platform, Name: c.profile.Name}
	switch {
	case c.stellar != nil:
		return lookup.NewCaseFeed(c.stellar, identity)
	case c.alerts != nil:
		return c.alerts
	}
	return nil
}

// client is what a feed of the connection speaks through.
func (c *connection) client() any {
	if c.stellar != nil {
		return c.stellar
	}
	return c.alerts
}
