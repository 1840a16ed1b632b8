"""How much a routine may ask for."""

from __future__ import annotations

MOST_REPETITIONS = 25
"""Repetitions of a set; 1-3 sets of 10-25 repetitions is ACE's advice for the abdominal muscles."""

MOST_SETS = 3
"""Work sets of one exercise in a session, from the same advice."""

LONGEST_REST_SECONDS = 300
"""Rest after a set; a person who needs longer says "pause"."""
