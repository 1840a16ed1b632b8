"""Look at everything that a session needs, and say what to paste where something is wrong."""
