"""Looking at everything that a session needs, and saying what to paste where something is wrong."""
