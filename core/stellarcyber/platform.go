package stellarcyber

// Platform is a Client with every call that the platform is known to have: reading
// and changing cases, what belongs to them and what lies around. A look-up needs few
// calls; they are Client's, and these are of another type because a program that
// links a type links the names of all its methods.
type Platform struct{ *Client }

// NewPlatform returns a Platform, or *api.InvalidError when config cannot work. It
// makes no call.
func NewPlatform(config Config) (*Platform, error) {
	client, err := New(config)
	if err != nil {
		return nil, err
	}
	return &Platform{client}, nil
}
