// Package report makes a submission of a passage.
package report
