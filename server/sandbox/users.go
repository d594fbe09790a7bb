package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
)

// userAccount is a user of the platform as it answers it. The profile says what the
// user may; its names are a GUESS.
type userAccount struct {
	ID      string `json:"user_id"`
	Email   string `json:"email"`
	Profile string `json:"priv_profile_id"`
}

// analyst is who the sandbox's credentials belong to.
func analyst() person {
	return person{"d1c5f07a2b6e4938a0f4c7e61b9d2835", "analyst@sandbox.example"}
}

// accounts are the users that there are at the beginning.
func accounts() []userAccount {
	all := []userAccount{{analyst().id, analyst().name, "super_admin"}}
	for i, p := range people() {
		profile := "security_analyst"
		if i == 0 {
			profile = "super_admin"
		}
		all = append(all, userAccount{p.id, p.name, profile})
	}
	return all
}

// findUser finds a user by id or e-mail address. The caller holds mu.
func (c *caseStore) findUser(idOrEmail string) (person, bool) {
	for _, u := range c.users {
		if u.ID == idOrEmail || u.Email == idOrEmail {
			return person{u.ID, u.Email}, true
		}
	}
	return person{}, false
}

// listUsers answers GET users.
func (s *Sandbox) listUsers(*http.Request) answer {
	s.cases.mu.RLock()
	defer s.cases.mu.RUnlock()
	return data(orEmpty(s.cases.users))
}

// user answers GET, PATCH and DELETE users/{id}. What PATCH and DELETE answer is a
// GUESS, and that nobody may delete the account that asks.
func (s *Sandbox) user(r *http.Request) answer {
	c := s.cases
	c.mu.Lock()
	defer c.mu.Unlock()
	at := slices.IndexFunc(c.users, func(u userAccount) bool { return u.ID == r.PathValue("id") })
	if at < 0 {
		return failure(http.StatusNotFound, "User not found")
	}
	switch r.Method {
	case http.MethodPatch:
		var asked struct {
			Profile string `json:"priv_profile_id"`
		}
		if json.NewDecoder(r.Body).Decode(&asked) != nil || asked.Profile == "" {
			return failure(http.StatusBadRequest, "priv_profile_id: is missing")
		}
		c.users[at].Profile = asked.Profile
	case http.MethodDelete:
		if c.users[at].ID == userOf(r).id {
			return failure(http.StatusBadRequest, "The account that asks cannot be deleted")
		}
		c.users = slices.Delete(c.users, at, at+1)
		return data(struct{}{})
	}
	return data(c.users[at])
}
