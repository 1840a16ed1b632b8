"""The files people edit: found, read, put together for a session, and written."""
