"""What happens to one visitor, and the project's settings.

- `models`: the session (a diagnostic): answers, nothing personal. `services`: writes. `selectors`:
  reads. `purging`: removes expired sessions. `privacy`: masks logs, which tell nothing of a visitor.
- `descriptions`: the state of a diagnostic in words. `support_text`: the same, to send to support.
  `evaluation`: the states of many sets of answers. `class_groups`: a class sorted into groups of
  pupils with the same question or the same conclusions.
- `codes`: the code of a diagnostic, as people type it. `verdicts`: whether the result helped, with
  a comment in which `personal_data` finds nobody. `throttling`: how often one visitor may try.
- `addresses`: absolute addresses, and their QR codes.
- `api/`: REST, for programs. `web/`: pages, for schools. Neither knows the other.
- `diagnostic_pages`: what the pages of a diagnostic show, by `web` to visitors and by `trials` to
  editors.
- `trials/`: a guide tried, nothing stored. `replay/`: visitors' answers on the draft.
- `admin/`: diagnostics, tries and replays, for support and editors. What the editors' pages of
  `rules` say of visitors is in `templates/admin/rules/visitors/`.
- `settings`: the project, as its `environment` says. `urls`: every address. `middleware`,
  `redirects`, `errors`, `framing`: what holds for all addresses. `wsgi`: the application that
  gunicorn serves.
- `installation`: what a first run needs.
- `apps`, `management/`, `migrations/`, `templatetags/`: where Django looks for them.
"""
