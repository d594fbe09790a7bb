package trustar

import (
	"strconv"
	"time"
)

// Timestamp is milliseconds since 1970, the unit of all responses and of requests
// to 1.3; 0 is unknown. Requests to 1.2 and older take seconds: see Param.
type Timestamp int64

// Time returns t in UTC, the zero Time for 0.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// Param returns t as a request parameter of an API version.
func (t Timestamp) Param(version string) string {
	if version == Version12 {
		return strconv.FormatInt(int64(t)/1000, 10)
	}
	return strconv.FormatInt(int64(t), 10)
}
