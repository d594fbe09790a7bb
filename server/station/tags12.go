package station

import "context"

// A report's tag in 1.2 is an enclave's. Here it is a name on the report, seen in each of
// the enclaves that the report is in.

// enclaveTag is a report's tag as 1.2 writes it.
func (s *Station) enclaveTag(ctx context.Context, enclave, name string) (enclaveTag12, error) {
	n, _, err := one[int64](ctx, s, `SELECT count(*) FROM reports r JOIN report_enclaves re ON re.report_id = r.id
WHERE re.enclave_id = ?1 AND EXISTS (SELECT 1 FROM json_each(r.tags) WHERE value = ?2)`, enclave, name)
	return enclaveTag12{nameID("enclave tag", enclave, name), name, n, enclave}, err
}

// enclaveTags12 answers GET /1.2/reports/{id}/enclave-tags.
func (s *Station) enclaveTags12(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	var list enclaveTagList
	for _, name := range found.tags {
		for _, enclave := range found.enclaves {
			tag, err := s.enclaveTag(ctx, enclave.ID, name)
			if err != nil {
				return answer{}, err
			}
			list = append(list, tag)
		}
	}
	return jsonAnswer(list)
}

// tagOf reads the name and the report of a call, and whether the report is in the enclave
// that was named.
func (s *Station) tagOf(ctx context.Context, c *call) (report, string, string, error) {
	name, err := tagName(c.query.Get("name"))
	if err != nil {
		return report{}, "", "", err
	}
	found, err := s.find(ctx, c)
	if err != nil {
		return report{}, "", "", err
	}
	enclave := c.query.Get("enclaveId")
	for _, one := range found.enclaves {
		if one.ID == enclave {
			return found, name, enclave, nil
		}
	}
	if enclave == "" {
		return report{}, "", "", badRequest("enclaveId is missing: whose tag it is.")
	}
	return report{}, "", "", forbidden("The report is not in enclave " + enclave + ", or you may not read it.")
}

// addEnclaveTag12 answers POST /1.2/reports/{id}/enclave-tags with the tag.
func (s *Station) addEnclaveTag12(ctx context.Context, c *call) (answer, error) {
	found, name, enclave, err := s.tagOf(ctx, c)
	if err != nil {
		return answer{}, err
	}
	if err := s.alterTags(ctx, c.user, found, []string{name}, nil); err != nil {
		return answer{}, err
	}
	tag, err := s.enclaveTag(ctx, enclave, name)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(tag)
}

// removeEnclaveTag12 answers DELETE /1.2/reports/{id}/enclave-tags with a message.
func (s *Station) removeEnclaveTag12(ctx context.Context, c *call) (answer, error) {
	found, name, _, err := s.tagOf(ctx, c)
	if err != nil {
		return answer{}, err
	}
	if err := s.alterTags(ctx, c.user, found, nil, []string{name}); err != nil {
		return answer{}, err
	}
	return textAnswer("OK"), nil
}
