"""Measuring: live sessions on virtual sound hardware, and hearing on recordings."""
