"""What happens to one visitor, and the project's settings.

- `models`, `services`, `selectors`: the diagnostic (a session): answers, nothing personal.
- `purging`: what is removed with time. `privacy`: logs that tell nothing of a visitor.
- `api/`: REST, for programs. `web/`: pages, for schools. Neither knows the other.
- `pages`: what is shown of a diagnostic, by `web` to visitors and by `trials` to editors.
- `trials/`: a guide tried, nothing stored. `replay/`: visitors' answers on the draft.
- `admin/`: diagnostics, tries and replays, for support and editors.
- `settings`, `urls`, `wsgi`: the project.
"""
