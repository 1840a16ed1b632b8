"""Acoustic echo cancellation: the coach's voice is taken out of the microphone."""
