"""Imprint: a hands-free, offline workout coach that listens, counts and answers aloud."""

import logging
import os

# Before numpy is there. More threads wait for each other where every core is busy: the second look at a
# safety command then takes 140 ms instead of 3.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "1.0.0"

# Quiet unless a program or a test listens: see `write_log` in assistant/cli/app.py.
logging.getLogger(__name__).addHandler(logging.NullHandler())
