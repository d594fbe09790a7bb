package station

import "slices"

// Bounds of what one request may ask, where the vendor's pages name none (GUESS). A statement
// on D1 takes 100 arguments and texts of 2,000,000 bytes; what is larger is refused with
// words instead of failing there.
const (
	// maxValues is how many values one call may ask about, maxValueBytes how long they are
	// together.
	maxValues     = 10_000
	maxValueBytes = maxArgument
	// maxEntity is how many bytes a single value, note or source has.
	maxEntity = 10_000
	// maxFilters is how many attributes and related observables a search names.
	maxFilters = 20
	// maxTags is how many tags one call adds or removes.
	maxTags = 200
	// maxConfig is how many bytes the settings of a workflow take.
	maxConfig = 100_000
)

// checkValues bounds a list of values.
func checkValues(values []string) error {
	bytes := 0
	for _, value := range values {
		bytes += len(value)
	}
	if len(values) > maxValues || bytes > maxValueBytes {
		return tooLarge("The call asks about more than 10,000 values, or about more than 1,000,000 bytes of them.")
	}
	return nil
}

// checkEntity bounds a single text that is kept beside an indicator.
func checkEntity(texts ...string) error {
	for _, text := range texts {
		if len(text) > maxEntity {
			return badRequest("A value, note or source has at most 10,000 bytes.")
		}
	}
	return nil
}

// scores checks a filter of scores and returns each once.
func scores(given []int64, lowest int64) ([]int64, error) {
	var list []int64
	for _, score := range given {
		if score < lowest || score > 3 {
			return nil, badRequest("Scores are -1, for none, to 3.")
		}
		if !slices.Contains(list, score) {
			list = append(list, score)
		}
	}
	return list, nil
}
