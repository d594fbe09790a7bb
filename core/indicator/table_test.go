package indicator

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// show writes finds as "type value", with "!reason" where one is held back and the
// port where one has it.
func show(found []Indicator) []string {
	var lines []string
	for _, x := range found {
		line := x.Type.String() + " " + x.Value
		if x.Port != 0 {
			line += " :" + itoa(int(x.Port))
		}
		if x.Held != NotHeld {
			line += " !" + x.Held.String()
		}
		lines = append(lines, line)
	}
	return lines
}

// checkTable compares finds with want, finds separated by " | ".
func checkTable(t *testing.T, table []struct{ text, want string }) {
	t.Helper()
	for _, row := range table {
		assert.Equal(t, row.want, strings.Join(show(Scan(row.text, Options{})), " | "), "%q", row.text)
	}
}
