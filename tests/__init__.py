"""The tests mirror the rooms: `engine`, `rules`, `admin`, `api`, `web`, `browser`."""
