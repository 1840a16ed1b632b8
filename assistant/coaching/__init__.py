"""The brain: a pure state machine that reads no clock, file, device or thread."""
