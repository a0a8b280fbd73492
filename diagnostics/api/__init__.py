"""The REST API, for programs: a view reads the request, calls a service and answers.

- `urls`: the addresses. `views`: the calls. `request_bodies`: the bodies that calls take.
  `serializers`: the bodies that calls answer. `states`: the states in them, which `state_writer`
  writes.
- `batch_rows`: evaluates the rows of a batch, i.e. many sets of answers in one call.
- `strict_json`: reads strict JSON, and answers JSON whatever the headers ask for.
- `refusals`: turns exceptions into answers, as `application/problem+json` (RFC 9457).
- `openapi`: declares refusals and headers in the OpenAPI document. `guide_schema`: the schema of a
  guide's document in it.
"""
