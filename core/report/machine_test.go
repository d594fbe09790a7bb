package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/report"
)

var noon = time.UnixMilli(1_790_000_000_000)

func frozen(t *testing.T) report.Item {
	t.Helper()
	item, err := report.Freeze(draft(), report.Prepared{Body: "{}", Hash: "h1"}, "h1", noon)
	require.NoError(t, err)
	return item
}

func claimed(t *testing.T) report.Item {
	t.Helper()
	item, err := report.Claim(frozen(t), noon)
	require.NoError(t, err)
	return item
}

func TestFreeze(t *testing.T) {
	t.Parallel()
	item := frozen(t)
	assert.Equal(t, draft().ID, item.ID)
	assert.Equal(t, report.StatePending, item.State)
	assert.Equal(t, noon.UnixMilli(), item.CreatedAt)

	_, err := report.Freeze(draft(), report.Prepared{Hash: "h1"}, "h2", noon)
	var invalid *api.InvalidError
	require.ErrorAs(t, err, &invalid, "what was not shown is not frozen")
}

func TestClaim(t *testing.T) {
	t.Parallel()
	item := claimed(t)
	assert.Equal(t, report.StateSending, item.State)
	assert.Equal(t, 1, item.Attempts)

	_, err := report.Claim(item, noon)
	var state *report.StateError
	require.ErrorAs(t, err, &state, "two senders must not both claim")

	failed, err := report.Failed(item, &api.NetworkError{}, noon, 0.5)
	require.NoError(t, err)
	_, err = report.Claim(failed, noon)
	var early *report.NotDueError
	require.ErrorAs(t, err, &early)
	assert.Equal(t, 2*time.Second, early.Wait)
	_, err = report.Claim(failed, noon.Add(early.Wait))
	require.NoError(t, err)
}

func TestClaimWhenTheClockWasTurned(t *testing.T) {
	t.Parallel()
	failed, err := report.Failed(claimed(t), &api.RateLimitError{Wait: time.Hour}, noon, 0)
	require.NoError(t, err)
	_, err = report.Claim(failed, noon.Add(time.Minute))
	require.Error(t, err)
	_, err = report.Claim(failed, noon.AddDate(-10, 0, 0))
	require.NoError(t, err, "the clock went back: waiting for the old time would take ten years")
	failed.RetryAt = noon.AddDate(10, 0, 0).UnixMilli()
	_, err = report.Claim(failed, noon)
	require.NoError(t, err, "the clock stood ten years ahead when the wait was set")
}

func TestFiledIsTheEnd(t *testing.T) {
	t.Parallel()
	filed, err := report.Filed(claimed(t), report.Receipt{ReportID: "r1", Link: "https://station/r1"}, noon)
	require.NoError(t, err)
	assert.Equal(t, report.StateFiled, filed.State)
	assert.Equal(t, "r1", filed.ReportID)
	for name, event := range events(0.5) {
		after, err := event(filed, noon.Add(time.Hour))
		require.Error(t, err, name)
		assert.Equal(t, filed, after, name)
	}
	agenda := report.Recover([]report.Item{filed}, noon, 0)
	assert.Zero(t, agenda)
}

func TestParkAndRetry(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{report.ReasonCredentials, report.ReasonPermission, report.ReasonProfile} {
		parked, err := report.Park(claimed(t), reason, noon)
		require.NoError(t, err)
		assert.Equal(t, report.StatePaused, parked.State)
		assert.Equal(t, reason, parked.Reason)
		assert.Zero(t, parked.Attempts, "nothing was sent, so no attempt is counted")
		agenda := report.Recover([]report.Item{parked}, noon.AddDate(1, 0, 0), 0)
		assert.Empty(t, agenda.Due, "a paused item waits for the user")
		again, err := report.Retry(parked, noon)
		require.NoError(t, err)
		_, err = report.Claim(again, noon)
		require.NoError(t, err)
	}
	_, err := report.Park(frozen(t), "because", noon)
	require.Error(t, err)
	_, err = report.Retry(claimed(t), noon)
	require.Error(t, err, "it is being sent")
}

func TestRecover(t *testing.T) {
	t.Parallel()
	lost := claimed(t)
	lost.ID = "lost"
	waiting, err := report.Failed(claimed(t), &api.NetworkError{}, noon, 0.5)
	require.NoError(t, err)
	waiting.ID = "waiting"
	fresh := frozen(t)
	fresh.ID = "fresh"

	agenda := report.Recover([]report.Item{lost, waiting, fresh}, noon, 0.5)
	require.Len(t, agenda.Changed, 1)
	assert.Equal(t, "lost", agenda.Changed[0].ID)
	assert.Equal(t, report.StatePending, agenda.Changed[0].State)
	assert.Equal(t, []string{"fresh", "lost"}, agenda.Due, "fewest attempts first")
	assert.Equal(t, noon.Add(2*time.Second), agenda.WakeAt)
}

func TestRecoverPausesTheWholePlatformOnARateLimit(t *testing.T) {
	t.Parallel()
	limited, err := report.Failed(claimed(t), &api.RateLimitError{Wait: time.Minute}, noon, 0)
	require.NoError(t, err)
	limited.ID = "limited"
	same, other := frozen(t), frozen(t)
	same.ID, other.ID, other.ProfileID = "same", "other", "p2"

	agenda := report.Recover([]report.Item{limited, same, other}, noon, 0)
	assert.Equal(t, []string{"other"}, agenda.Due)
	assert.Equal(t, noon.Add(time.Minute), agenda.WakeAt)

	agenda = report.Recover([]report.Item{limited, same, other}, noon.Add(time.Minute), 0)
	assert.Equal(t, []string{"other", "same", "limited"}, agenda.Due)
	assert.True(t, agenda.WakeAt.IsZero())
}

func TestRecoverBreaksTheCircleOfAnItemThatKillsItsSender(t *testing.T) {
	t.Parallel()
	items := []report.Item{frozen(t)}
	now := noon
	sent := 0
	for range 200 {
		agenda := report.Recover(items, now, 0.9)
		if len(agenda.Changed) > 0 {
			items[0] = agenda.Changed[0]
		}
		if len(agenda.Due) == 1 {
			item, err := report.Claim(items[0], now)
			require.NoError(t, err)
			items[0] = item // and the sender dies
			sent++
		}
		now = now.Add(time.Second)
	}
	assert.Less(t, sent, 12)
	assert.Greater(t, sent, 3)
}
