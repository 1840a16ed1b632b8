"""Measuring a live session on virtual sound hardware."""
