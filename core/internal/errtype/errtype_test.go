package errtype_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// timeouter is an interface to look for, which need not be an error by itself.
type timeouter interface {
	error
	Timeout() bool
}

// posing is an error that poses as a *fs.PathError.
type posing struct{}

func (posing) Error() string { return "posing" }

func (posing) As(target any) bool {
	if path, ok := target.(**fs.PathError); ok {
		*path = &fs.PathError{Op: "pose"}
		return true
	}
	return false
}

func TestAsIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	path := &fs.PathError{Op: "open", Path: "a", Err: fs.ErrNotExist}
	for _, err := range []error{
		nil, errors.New("plain"), path, fmt.Errorf("wrapped: %w", path),
		posing{},
		fmt.Errorf("wrapped: %w", posing{}),
		errors.Join(errors.New("first"), path), &fs.PathError{Err: path}, (*fs.PathError)(nil),
	} {
		var want, got *fs.PathError
		assert.Equal(t, errors.As(err, &want), errtype.As(err, &got), "%#v", err)
		assert.Equal(t, want, got)
		var wantIs, gotIs timeouter
		assert.Equal(t, errors.As(err, &wantIs), errtype.As(err, &gotIs), "%#v", err)
		assert.Equal(t, wantIs, gotIs)
	}
	kept := path
	assert.False(t, errtype.As(errors.New("plain"), &kept))
	assert.Same(t, path, kept, "a target that is not met is left alone")
}
