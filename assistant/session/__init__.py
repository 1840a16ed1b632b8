"""One session from its parts: what is heard goes to the coach, what it decides is played and recorded."""
