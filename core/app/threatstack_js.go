package app

// dialThreatStack fails: the client would take more of the wasm than is left.
func (a *App) dialThreatStack(*connection, string) error {
	return &ProfileError{"The extension does not ask Threat Stack yet.", "Use the command line for it."}
}
