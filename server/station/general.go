package station

import "context"

// ping answers "pong" and a newline: the vendor's clients strip it.
func (s *Station) ping(context.Context, *call) (answer, error) {
	return textAnswer("pong\n"), nil
}

// apiVersion answers the version of the base that was asked.
func (s *Station) apiVersion(_ context.Context, c *call) (answer, error) {
	return textAnswer(string(c.version) + "\n"), nil
}
