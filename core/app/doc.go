// Package app holds the use cases.
package app
