"""Logs and reports what happens: little in an outage, and nothing that is a visitor's.

- `privacy`: masks answers and the addresses of diagnostics.
- `console_log`: one log line a minute of each kind of warning and error.
- `error_reports`: the same of what is reported to Sentry.
"""
