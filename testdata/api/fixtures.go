// Package fixtures carries the platforms' answers into test programs that have no
// files, as those in a browser. README.md says where each shape comes from. It is
// imported by tests alone.
package fixtures

import "embed"

// TruSTAR holds the folder trustar.
//
//go:embed trustar
var TruSTAR embed.FS
