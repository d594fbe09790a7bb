package report

import "strconv"

// How many items an outbox holds, whatever their state. Both figures are ours.
const (
	MaxItems    = 1000
	crowdedFrom = 200
)

// FullError means that the outbox takes no further report.
type FullError struct{ Items int }

func (e *FullError) Error() string {
	return "the outbox holds " + strconv.Itoa(e.Items) + " reports and takes no more"
}

// Trouble implements Troubled.
func (e *FullError) Trouble() Trouble {
	return Trouble{
		Kind: TroubleInvalid,
		What: "The outbox is full: it holds " + strconv.Itoa(e.Items) + " reports.",
		Todo: "Discard reports that are filed, then submit it again.",
	}
}

// Room says whether an outbox of so many items takes another: *FullError when it
// does not. Words warn before it comes to that; "" while there is room enough.
func Room(items int) (words string, err error) {
	switch {
	case items >= MaxItems:
		return "", &FullError{Items: items}
	case items >= crowdedFrom:
		return "The outbox holds " + strconv.Itoa(items) + " reports. It takes " + strconv.Itoa(MaxItems) + ": discard those that are filed.", nil
	}
	return "", nil
}
