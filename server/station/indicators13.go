package station

import "context"

// reportIndicators13 answers GET /1.3/reports/{id}/indicators in the order in which
// the body has them.
func (s *Station) reportIndicators13(ctx context.Context, c *call) (answer, error) {
	page, err := c.window(100, 1000)
	if err != nil {
		return answer{}, err
	}
	whitelist, err := c.flag("applyWhitelist", true)
	if err != nil {
		return answer{}, err
	}
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	part, hasNext := slice(page, found.indicators)
	items := make([]reportIndicator, len(part))
	for i, one := range part {
		items[i] = reportIndicator{GUID: one.Type + "|" + one.Value, Type: one.Type, Value: one.Value, Weight: 1}
		if !whitelist {
			items[i].Whitelisted = new(bool)
		}
	}
	return jsonAnswer(indicatorPage{items, page.number, page.size, hasNext, len(items) == 0, len(found.indicators)})
}
