package station

import "context"

// copy13 answers POST /1.3/reports/copy/{id}: a new report in another enclave, with all
// that the original has or with what the body says. The copy keeps a link to it.
func (s *Station) copy13(ctx context.Context, c *call) (answer, error) {
	destination := c.query.Get("destEnclaveId")
	if destination == "" {
		return answer{}, badRequest("destEnclaveId is missing: where to copy to.")
	}
	edited, err := c.flag("copyFromProvidedSubmission", false)
	if err != nil {
		return answer{}, err
	}
	original, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	now := s.millis()
	sub := original.again()
	if edited {
		var request update13Request
		raw, err := c.decode(&request)
		if err != nil {
			return answer{}, err
		}
		whole := request.whole()
		whole.DistributionType = distributionEnclave
		if sub, err = c.submissionOf(whole, []string{destination}, now, raw); err != nil {
			return answer{}, err
		}
		if sub.tags, err = tagNames(request.Tags); err != nil {
			return answer{}, err
		}
	}
	sub.enclaves, sub.distribution, sub.copiedFrom = []string{destination}, distributionEnclave, original.id
	if destination == CommunityID {
		sub.distribution = distributionCommunity
	}
	if sub.idempotencyKey, err = c.idempotencyKey(); err != nil {
		return answer{}, err
	}
	sub.fingerprint = hash("copy " + original.id + " " + destination + sub.fingerprint)
	filed, err := s.file(ctx, c.user, sub, now)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(submissionRef{filed.id, filed.version})
}

// move13 answers POST /1.3/reports/move/{id}: the report, its id and its tags go to
// another enclave.
func (s *Station) move13(ctx context.Context, c *call) (answer, error) {
	destination := c.query.Get("destEnclaveId")
	if destination == "" {
		return answer{}, badRequest("destEnclaveId is missing: where to move to.")
	}
	moved, err := s.edit(ctx, c.user, func() (report, error) { return s.find(ctx, c) }, func(old report) (submission, error) {
		sub := old.again()
		sub.enclaves, sub.distribution = []string{destination}, distributionEnclave
		if destination == CommunityID {
			sub.distribution = distributionCommunity
		}
		return sub, nil
	})
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(submissionRef{moved.id, moved.version})
}
