package main

import (
	"encoding/json"
	"fmt"
	"slices"
)

// browser is what one browser's package leaves out of the common manifest.
type browser struct {
	name string
	// keys at the top, keys of "background", and permissions that only the other browser knows.
	keys, background, permissions []string
}

var browsers = []browser{
	{
		name:       "chromium",
		keys:       []string{"browser_specific_settings", "sidebar_action"},
		background: []string{"scripts"},
	},
	{
		name:        "firefox",
		keys:        []string{"minimum_chrome_version", "side_panel"},
		background:  []string{"service_worker"},
		permissions: []string{"sidePanel"},
	},
}

// manifest returns the common manifest as this browser gets it. Encoding sorts the
// keys, so equal input gives equal bytes.
func (b browser) manifest(common []byte, version string) ([]byte, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(common, &keys); err != nil {
		return nil, err
	}
	for _, key := range b.keys {
		delete(keys, key)
	}
	keys["version"] = json.RawMessage(fmt.Sprintf("%q", version))

	var background map[string]json.RawMessage
	if err := json.Unmarshal(keys["background"], &background); err != nil {
		return nil, fmt.Errorf("background: %w", err)
	}
	for _, key := range b.background {
		delete(background, key)
	}
	var permissions []string
	if err := json.Unmarshal(keys["permissions"], &permissions); err != nil {
		return nil, fmt.Errorf("permissions: %w", err)
	}
	permissions = slices.DeleteFunc(permissions, func(name string) bool { return slices.Contains(b.permissions, name) })

	var err error
	if keys["background"], err = json.Marshal(background); err != nil {
		return nil, err
	}
	if keys["permissions"], err = json.Marshal(permissions); err != nil {
		return nil, err
	}
	return json.MarshalIndent(keys, "", "  ")
}
