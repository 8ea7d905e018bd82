"""What all REST resources share: tokens, errors, paging, ETag, idempotency, OpenAPI."""
