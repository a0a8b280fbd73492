"""What happens to one visitor, and the project's settings.

- `models`, `services`, `selectors`: the diagnostic (a session): answers, nothing personal.
- `purging`: what is removed with time. `privacy`: logs that tell nothing of a visitor.
- `api/`: REST, for programs. `web/`: pages, for schools. Neither knows the other.
- `settings`, `urls`, `wsgi`: the project.
"""
