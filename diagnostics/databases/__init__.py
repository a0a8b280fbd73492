"""What happens if the database, or the cache that all workers share, does not answer.

- `outages`: tells such an error from a mistake of the program, and logs it.
"""
