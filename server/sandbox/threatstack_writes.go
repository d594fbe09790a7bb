package sandbox

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

// writesV2 are the calls that change something. Each answers 200 with JSON, which
// is what public clients take for success.
func (s *Sandbox) writesV2(signed func(pattern, name string, h func(op operation) orgHandler) route) []route {
	return []route{
		signed("POST /v2/rulesets", "create-ruleset", func(op operation) orgHandler { return s.writeRuleset(op) }),
		signed("GET /v2/rulesets/{id}", "ruleset", func(op operation) orgHandler { return s.getV2(op, "ruleset") }),
		signed("PUT /v2/rulesets/{id}", "update-ruleset", func(op operation) orgHandler { return s.writeRuleset(op) }),
		signed("DELETE /v2/rulesets/{id}", "delete-ruleset", func(op operation) orgHandler { return s.removeV2(op, "ruleset", "id") }),
		signed("POST /v2/rulesets/{id}/rules", "create-rule", func(op operation) orgHandler { return s.writeRule(op) }),
		signed("GET /v2/rulesets/{id}/rules/{rule}", "rule", s.getRule),
		signed("PUT /v2/rulesets/{id}/rules/{rule}", "update-rule", func(op operation) orgHandler { return s.writeRule(op) }),
		signed("DELETE /v2/rulesets/{id}/rules/{rule}", "delete-rule", s.removeRule),
		signed("GET /v2/rules/{id}/tags", "tags", s.getTags),
		signed("POST /v2/rules/{id}/tags", "set-tags", s.setTags),
		signed("GET /v2/organizations/members", "members", s.members),
		signed("POST /v2/organizations/members", "add-member", s.addMember),
		signed("DELETE /v2/organizations/members/{id}", "remove-member", func(op operation) orgHandler { return s.removeV2(op, "member", "id") }),
		signed("POST /v2/organizations/invites", "invite", s.invite),
		signed("PUT /v2/organizations/invites", "invite", s.invite),
		signed("GET /v2/integrations/s3export", "s3export", func(op operation) orgHandler {
			return func(r *http.Request, org string) answer {
				r.SetPathValue("id", "s3export")
				return s.getV2(op, "s3export")(r, org)
			}
		}),
		signed("PUT /v2/integrations/s3export", "set-s3export", s.setS3Export),
		signed("DELETE /v2/integrations/s3export", "delete-s3export", func(op operation) orgHandler {
			return func(r *http.Request, org string) answer {
				r.SetPathValue("id", "s3export")
				return s.removeV2(op, "s3export", "id")(r, org)
			}
		}),
	}
}

func (s *Sandbox) removeV2(op operation, kind, path string) orgHandler {
	return func(r *http.Request, org string) answer {
		ok, err := s.remove(r.Context(), kind, org, r.PathValue(path))
		switch {
		case err != nil:
			return s.brokenAs(op, err)
		case !ok:
			return op.failure(http.StatusNotFound, "Not found")
		}
		return success(struct{}{})
	}
}

// rulesetRow is a ruleset as it is answered: rules are the ids.
type rulesetRow struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	CreatedAt   string   `json:"createdAt"`
	UpdatedAt   string   `json:"updatedAt"`
	Rules       []string `json:"rules"`
}

// writeRuleset makes a ruleset, or replaces the one that the path names.
func (s *Sandbox) writeRuleset(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in struct {
			Name        string   `json:"name"`
			Description string   `json:"description"`
			RuleIDs     []string `json:"ruleIds"` // null is none
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Name == "" || len([]rune(in.Name)) > 200 {
			return op.failure(http.StatusBadRequest, "name must be 1 to 200 characters")
		}
		now := iso(s.options.Now())
		row := rulesetRow{ID: r.PathValue("id"), Name: in.Name, Description: in.Description, CreatedAt: now, UpdatedAt: now, Rules: append([]string{}, in.RuleIDs...)}
		others, err := s.objects(r.Context(), objectQuery{kind: "ruleset", org: org, limit: -1})
		if err != nil {
			return s.brokenAs(op, err)
		}
		known := row.ID == ""
		for _, o := range others {
			var other rulesetRow
			if json.Unmarshal(o.body, &other) != nil {
				continue
			}
			if other.ID == row.ID {
				known, row.CreatedAt = true, other.CreatedAt
			} else if other.Name == row.Name {
				return op.failure(http.StatusConflict, "A ruleset with this name exists")
			}
		}
		if !known {
			return op.failure(http.StatusNotFound, "Not found")
		}
		row.ID = orElse(row.ID, newUUID())
		return s.putAnswer(op, r, object{kind: "ruleset", org: org, id: row.ID}, row)
	}
}

// putAnswer stores what it answers.
func (s *Sandbox) putAnswer(op operation, r *http.Request, o object, body any) answer {
	a := success(body)
	o.body = a.body
	if err := s.put(r.Context(), o); err != nil {
		return s.brokenAs(op, err)
	}
	return a
}

// writeRule makes a rule of a ruleset, or replaces the one that the path names. It
// keeps whatever fields it is given.
func (s *Sandbox) writeRule(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		set, ok, err := s.object(r.Context(), "ruleset", org, r.PathValue("id"))
		if err != nil {
			return s.brokenAs(op, err)
		}
		if !ok {
			return op.failure(http.StatusNotFound, "Not found")
		}
		var in map[string]any
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in["name"] == nil || in["name"] == "" {
			return op.failure(http.StatusBadRequest, "name is required")
		}
		now, id := iso(s.options.Now()), r.PathValue("rule")
		in["createdAt"], in["updatedAt"] = now, now
		if id != "" {
			old, ok, err := s.object(r.Context(), "rule", org, id)
			if err != nil {
				return s.brokenAs(op, err)
			}
			if !ok || old.parent != set.id {
				return op.failure(http.StatusNotFound, "Not found")
			}
			var was struct{ CreatedAt string }
			if json.Unmarshal(old.body, &was) == nil {
				in["createdAt"] = was.CreatedAt
			}
		} else {
			id = newUUID()
			var row rulesetRow
			if err := json.Unmarshal(set.body, &row); err != nil {
				return s.brokenAs(op, err)
			}
			row.Rules = append(row.Rules, id)
			if a := s.putAnswer(op, r, set, row); a.status != http.StatusOK {
				return a
			}
		}
		in["id"], in["rulesetId"] = id, set.id
		return s.putAnswer(op, r, object{kind: "rule", org: org, id: id, parent: set.id}, in)
	}
}

func (s *Sandbox) getRule(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		rule, ok, err := s.object(r.Context(), "rule", org, r.PathValue("rule"))
		switch {
		case err != nil:
			return s.brokenAs(op, err)
		case !ok || rule.parent != r.PathValue("id"):
			return op.failure(http.StatusNotFound, "Not found")
		}
		return answer{http.StatusOK, jsonHeader(), rule.body}
	}
}

// removeRule takes the rule out of its ruleset too.
func (s *Sandbox) removeRule(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		if a := s.getRule(op)(r, org); a.status != http.StatusOK {
			return a
		}
		set, ok, err := s.object(r.Context(), "ruleset", org, r.PathValue("id"))
		if err != nil {
			return s.brokenAs(op, err)
		}
		var row rulesetRow
		if ok && json.Unmarshal(set.body, &row) == nil {
			kept := []string{}
			for _, id := range row.Rules {
				if id != r.PathValue("rule") {
					kept = append(kept, id)
				}
			}
			row.Rules = kept
			if a := s.putAnswer(op, r, set, row); a.status != http.StatusOK {
				return a
			}
		}
		return s.removeV2(op, "rule", "rule")(r, org)
	}
}

// getTags says 404 for a rule without tags (GUESS; the words are a public client's).
func (s *Sandbox) getTags(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		a := s.getV2(op, "tags")(r, org)
		if a.status == http.StatusNotFound {
			return op.failure(http.StatusNotFound, "No tags found for rule")
		}
		return a
	}
}

func (s *Sandbox) setTags(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in struct {
			Inclusion []json.RawMessage `json:"inclusion"`
			Exclusion []json.RawMessage `json:"exclusion"`
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			return op.failure(http.StatusBadRequest, "body cannot be read")
		}
		id := r.PathValue("id")
		if _, ok, err := s.object(r.Context(), "rule", org, id); err != nil {
			return s.brokenAs(op, err)
		} else if !ok {
			return op.failure(http.StatusNotFound, "Not found")
		}
		in.Inclusion, in.Exclusion = append([]json.RawMessage{}, in.Inclusion...), append([]json.RawMessage{}, in.Exclusion...)
		return s.putAnswer(op, r, object{kind: "tags", org: org, id: id}, in)
	}
}

// memberRow is a person of an organization.
type memberRow struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
	Email       string `json:"email"`
	// LastAuthenticatedAt is milliseconds since 1970.
	LastAuthenticatedAt int64  `json:"lastAuthenticatedAt"`
	Role                string `json:"role"`
	SSOEnabled          bool   `json:"ssoEnabled"`
	MFAEnabled          bool   `json:"mfaEnabled"`
	UserEnabled         bool   `json:"userEnabled"`
}

// members is the one list of version 2 without a token.
func (s *Sandbox) members(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		q := objectQuery{kind: "member", org: org, limit: -1}
		if r.URL.Query().Get("enabledOnly") == "true" {
			q.equal = map[string]string{"userEnabled": "1"}
		}
		found, err := s.objects(r.Context(), q)
		if err != nil {
			return s.brokenAs(op, err)
		}
		return success(map[string]any{"members": bodies(found)})
	}
}

func (s *Sandbox) addMember(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in struct{ ID, Role string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.ID == "" || in.Role == "" {
			return op.failure(http.StatusBadRequest, "id and role are required")
		}
		if _, ok, err := s.object(r.Context(), "member", org, in.ID); err != nil {
			return s.brokenAs(op, err)
		} else if ok {
			return op.failure(http.StatusConflict, "Is a member already")
		}
		return s.putAnswer(op, r, object{kind: "member", org: org, id: in.ID}, memberRow{ID: in.ID, Role: in.Role, UserEnabled: true})
	}
}

// invite sends nothing: there is nobody to send to.
func (s *Sandbox) invite(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in struct{ Role, Email string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || !strings.Contains(in.Email, "@") || in.Role != "user" && in.Role != "reader" {
			return op.failure(http.StatusBadRequest, "email and a role, user or reader, are required")
		}
		return success(struct {
			SentToEmail string `json:"sentToEmail"`
			Role        string `json:"role"`
			Status      string `json:"status"`
		}{in.Email, in.Role, "pending"})
	}
}

func (s *Sandbox) setS3Export(op operation) orgHandler {
	return func(r *http.Request, org string) answer {
		var in map[string]any
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in["s3Bucket"] == nil || in["s3Bucket"] == "" {
			return op.failure(http.StatusBadRequest, "s3Bucket is required")
		}
		in["organization_id"], in["enrolledAt"] = org, iso(s.options.Now())
		return s.putAnswer(op, r, object{kind: "s3export", org: org, id: "s3export"}, in)
	}
}

func newUUID() string { return uuidOf(randomBytes(16)) }

// uuidOf writes sixteen bytes as a version 4 UUID (RFC 9562).
func uuidOf(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	text := hex.EncodeToString(b)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}
