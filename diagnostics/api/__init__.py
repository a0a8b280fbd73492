"""REST, for programs. Views parse, call a service, answer.

- `urls`, `views`: the calls. `bodies`: what they take. `states`: what they answer.
- `rows`: many sets of answers in one call.
- `json`: strict JSON, whatever the headers ask for. `problems`: every refusal (RFC 9457).
- `schema`: the OpenAPI document, and the page that shows it. `document`: a guide's, in it.
"""
