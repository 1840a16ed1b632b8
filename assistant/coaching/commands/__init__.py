"""What the coach does about what is said: a few functions for each family of commands."""
