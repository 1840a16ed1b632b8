"""Imprint: a hands-free, offline workout coach that listens, counts and answers aloud."""

import logging

__version__ = "1.0.0"

# Quiet unless a program or a test listens: see `write_log` in assistant/cli/app.py.
logging.getLogger(__name__).addHandler(logging.NullHandler())
