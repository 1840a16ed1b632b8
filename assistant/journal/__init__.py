"""What is remembered between sessions: a journal in SQLite, written as things happen."""
