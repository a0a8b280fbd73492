"""What happens to one visitor, and the project's settings.

- `models`: the diagnostic (a session): answers, nothing personal. `services`: writes. `selectors`:
  reads. `purging`: what is removed with time. `privacy`: logs that tell nothing of a visitor.
- `descriptions`: where a diagnostic stands, in words. `support_text`: the same, to send to support.
  `batch`: where many stand, at once. `school_class`: a class sorted by what is asked or said.
- `codes`: the code of a diagnostic, as it is typed. `verdicts`: whether the result helped, with a
  comment in which `personal_data` sees nobody. `throttling`: how often one visitor may try.
- `addresses`: absolute ones, and their QR codes.
- `api/`: REST, for programs. `web/`: pages, for schools. Neither knows the other.
- `pages`: what is shown of a diagnostic, by `web` to visitors and by `trials` to editors.
- `trials/`: a guide tried, nothing stored. `replay/`: visitors' answers on the draft.
- `admin/`: diagnostics, tries and replays, for support and editors. What the editors' pages of
  `rules` say of visitors is in `templates/admin/rules/visitors/`.
- `settings`: the project, as its `environment` says. `urls`: every address. `middleware`,
  `redirects`, `errors`, `framing`: what holds for all of them. `wsgi`: what gunicorn serves.
- `installation`: what a first run needs.
- `apps`, `management/`, `migrations/`, `templatetags/`: where Django looks for them.
"""
