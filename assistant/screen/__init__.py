"""The face: what a session shows in a terminal, or in plain lines."""
