// Package lookup tells which cases and reports already know an indicator.
package lookup
