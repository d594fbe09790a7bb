package threatstack

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// S3ExportService is the delivery of events to a bucket of the organization.
type S3ExportService struct{ c *caller }

// S3Export says where events are delivered.
//
//easyjson:json
type S3Export struct {
	OrganizationID    string   `json:"organization_id,omitempty"`
	Bucket            string   `json:"s3Bucket"`
	RoleARN           string   `json:"iamRoleArn"`
	RoleARNExternalID string   `json:"iamRoleArnExternalId"`
	Region            string   `json:"region"`
	Prefix            string   `json:"prefix"`
	EnrolledAt        DateTime `json:"enrolledAt,omitempty"`
	// Enabled's meaning is not published.
	Enabled bool `json:"enabled"`

	api.Extras
}

//easyjson:json
type bucketInput struct {
	Bucket string `json:"s3Bucket"`
}

// Get returns where events are delivered; false when they are not.
//
// Source: the vendor's Go command line tool.
//
//api:operation GET /v2/integrations/s3export
func (s S3ExportService) Get(ctx context.Context) (S3Export, bool, error) {
	return get(ctx, s.c, s.c.request("GET", "get S3 export", nil, "integrations", "s3export"), func(e *S3Export) string { return e.Bucket })
}

// Set says where events are delivered. Its answer is not published.
//
// Source: as Get.
//
//api:operation PUT /v2/integrations/s3export
func (s S3ExportService) Set(ctx context.Context, export S3Export) error {
	if export.Bucket == "" {
		return invalid("s3Bucket", "is missing")
	}
	export.OrganizationID, export.EnrolledAt = "", "" // the server's own
	req, err := s.c.send("PUT", "set S3 export", export, "integrations", "s3export")
	if err != nil {
		return err
	}
	return s.c.act(ctx, req)
}

// Delete ends the delivery to a bucket.
//
// Source: as Get.
//
//api:operation DELETE /v2/integrations/s3export
func (s S3ExportService) Delete(ctx context.Context, bucket string) error {
	if bucket == "" {
		return invalid("s3Bucket", "is missing")
	}
	req, err := s.c.send("DELETE", "delete S3 export", bucketInput{bucket}, "integrations", "s3export")
	if err != nil {
		return err
	}
	return s.c.act(ctx, req)
}
