"""A live session: keys, devices and the clock of the sound card."""
