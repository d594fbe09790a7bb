package station

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"
)

// A workflow is kept as it was configured. This station does not run any.

const workflowType = "INDICATOR_PRIORITIZATION"

// selectWorkflows returns the company's workflows that fulfil a condition, which begins
// with AND; ?1 is the company.
func (s *Station) selectWorkflows(ctx context.Context, condition string, args ...any) ([]workflowAnswer, error) {
	var list []workflowAnswer
	err := s.each(ctx, func(rows *sql.Rows) error {
		var one workflowAnswer
		var config, safelists string
		if err := rows.Scan(&one.GUID, &one.Name, &config, &safelists, &one.Created, &one.Updated); err != nil {
			return err
		}
		if err := decodeStored(config, &one.Config); err != nil {
			return err
		}
		if err := decodeStored(safelists, &one.Safelists); err != nil {
			return err
		}
		list = append(list, one)
		return nil
	}, `SELECT guid, name, config, safelists, created, updated FROM workflows WHERE company_id = ?1`+condition+` ORDER BY name, created, guid`, args...)
	return list, err
}

// workflows20 answers GET /2.0/workflows.
func (s *Station) workflows20(ctx context.Context, c *call) (answer, error) {
	times := map[string]int64{}
	for _, name := range []string{"createdFrom", "updatedFrom", "createdTo", "updatedTo"} {
		end := int64(0)
		if strings.HasSuffix(name, "To") {
			end = 1 << 52
		}
		at, err := c.instant(name, end)
		if err != nil {
			return answer{}, err
		}
		times[name] = at
	}
	list, err := s.selectWorkflows(ctx, ` AND (?2 = '' OR type = ?2) AND (?3 = '' OR name = ?3) AND created BETWEEN ?4 AND ?5 AND updated BETWEEN ?6 AND ?7`,
		c.user.company, c.query.Get("type"), c.query.Get("name"), times["createdFrom"], times["createdTo"], times["updatedFrom"], times["updatedTo"])
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(workflowList{list})
}

// workflowOf returns a workflow by its id.
func (s *Station) workflowOf(ctx context.Context, u user, guid string) (workflowAnswer, error) {
	list, err := s.selectWorkflows(ctx, ` AND guid = ?2`, u.company, guid)
	if err != nil {
		return workflowAnswer{}, err
	}
	if len(list) == 0 {
		return workflowAnswer{}, notFound("There is no workflow of that guid.")
	}
	return list[0], nil
}

// workflow20 answers GET /2.0/workflows/{guid}.
func (s *Station) workflow20(ctx context.Context, c *call) (answer, error) {
	found, err := s.workflowOf(ctx, c.user, c.PathValue("guid"))
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(found)
}

// createWorkflow20 answers POST /2.0/workflows.
func (s *Station) createWorkflow20(ctx context.Context, c *call) (answer, error) {
	id, err := s.newID()
	if err != nil {
		return answer{}, err
	}
	return s.writeWorkflow(ctx, c, id, `INSERT INTO workflows (guid, company_id, name, type, config, safelists, created, updated)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) RETURNING guid`)
}

// updateWorkflow20 answers PUT /2.0/workflows/{guid}.
func (s *Station) updateWorkflow20(ctx context.Context, c *call) (answer, error) {
	return s.writeWorkflow(ctx, c, c.PathValue("guid"), `UPDATE workflows SET name = ?3, type = ?4, config = ?5, safelists = ?6, updated = max(updated, ?7)
WHERE guid = ?1 AND company_id = ?2 RETURNING guid`)
}

func (s *Station) writeWorkflow(ctx context.Context, c *call, id, statement string) (answer, error) {
	var request workflowRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	request.Name = strings.TrimSpace(unmarked(request.Name))
	if err := s.checkWorkflow(ctx, c.user, request); err != nil {
		return answer{}, err
	}
	config, err := encode(request.Config)
	if err != nil {
		return answer{}, err
	}
	if len(config) > maxConfig || len(request.Safelists) > maxFilters {
		return answer{}, badRequest("workflowConfig takes at most 100,000 bytes, and there are at most 20 safelistGuids.")
	}
	_, written, err := one[string](ctx, s, statement,
		id, c.user.company, request.Name, request.Config.Type, string(config), jsonList(distinct(request.Safelists)), s.millis())
	if err != nil {
		return answer{}, err
	}
	if !written {
		return answer{}, notFound("There is no workflow of that guid.")
	}
	stored, err := s.workflowOf(ctx, c.user, id)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(stored)
}

// checkWorkflow refuses what the vendor's client refuses, enclaves that may not be read or
// submitted to, and libraries that there are not.
func (s *Station) checkWorkflow(ctx context.Context, u user, request workflowRequest) error {
	length := utf8.RuneCountInString(request.Name)
	switch config := request.Config; {
	case length < 3 || length > maxName:
		return badRequest("A workflow has a name of 3 to 120 characters.")
	case config == nil:
		return badRequest("The workflow has no workflowConfig.")
	case config.Type != workflowType:
		return badRequest("The type of a workflow is " + workflowType + ".")
	case len(config.Source.Enclaves) == 0 || len(config.Destination.Enclaves) == 0:
		return badRequest("A workflow has a source and a destination.")
	}
	var sources, destinations []string
	for _, source := range request.Config.Source.Enclaves {
		if source.Weight < 1 || source.Weight > 5 {
			return badRequest("The weight of a source is 1 to 5.")
		}
		sources = append(sources, source.EnclaveGUID)
	}
	types := []string{"ENCLAVE", "SPLUNK_SOAR", "SPLUNK", "SPLUNK_ES", "UNKNOWN"}
	for _, destination := range request.Config.Destination.Enclaves {
		if !slices.Contains(types, destination.Type) {
			return badRequest("There is no destinationType " + destination.Type + ".")
		}
		destinations = append(destinations, destination.EnclaveGUID)
	}
	if err := checkTypes(request.Config.ObservableTypes); err != nil {
		return err
	}
	if err := s.readable(ctx, u, sources); err != nil {
		return err
	}
	if err := s.mayCreate(ctx, u, destinations); err != nil {
		return err
	}
	missing, found, err := one[string](ctx, s, `SELECT value FROM json_each(?1) WHERE value NOT IN (SELECT guid FROM safelists WHERE company_id = ?2)`,
		jsonList(distinct(request.Safelists)), u.company)
	if err == nil && found {
		err = badRequest("There is no safelist library " + missing + ".")
	}
	return err
}

// deleteWorkflow20 answers DELETE /2.0/workflows/{guid} with nothing.
func (s *Station) deleteWorkflow20(ctx context.Context, c *call) (answer, error) {
	_, removed, err := one[string](ctx, s, `DELETE FROM workflows WHERE guid = ?1 AND company_id = ?2 RETURNING guid`, c.PathValue("guid"), c.user.company)
	if err == nil && !removed {
		err = notFound("There is no workflow of that guid.")
	}
	return answer{}, err
}
