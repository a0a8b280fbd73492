"""REST, for programs: a view reads the request, calls a service and answers.

- `urls`, `views`: the calls. `request_bodies`: what they take. `serializers`: what they answer.
- `batch_rows`: many sets of answers in one call.
- `strict_json`: strict JSON, whatever the headers ask for. `refusals`: every refusal (RFC 9457).
- `openapi`: what the OpenAPI document says besides the calls. `guide_schema`: the schema of a
  guide's document, in it.
"""
