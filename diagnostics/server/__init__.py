"""The processes that serve the site.

- `gunicorn_worker`: one of them, which gunicorn starts and stops.
- `http_connections`: how they read requests, and what they refuse.
- `daily_purge`: removes expired diagnostics once a day.
"""
