"""Refuses requests soon if the database, or the cache that all workers share, does not answer.

- `outages`: tells such an error from a mistake of the program, and logs it.
- `waits`: bounds how long a request waits for the database. `jams`: bounds how many requests wait for
  the same. `postgresql/`: the connection to PostgreSQL.
"""
