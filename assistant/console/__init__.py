"""The console: keys, and what a session shows in a terminal or in plain lines."""
