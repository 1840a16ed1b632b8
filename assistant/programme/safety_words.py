"""What the coach obeys for safety, in words, so that it says none of it itself."""

from __future__ import annotations

import re

SAFETY_WORDS = frozenset(
    ["stop", "no", "ow", "ouch", "pain", "hurt", "hurts", "enough", "help", "chest", "dizzy", "faint", "numb"]
)
"""What the coach obeys; it says none of it while the person moves."""

_SAFETY_PHRASES = re.compile(r"hold on|my (?:back|hip|neck|knee)s?\b")


def safety_words(text: str) -> list[str]:
    """Return the words in a text that the coach would obey for safety."""
    said = text.lower().replace("\u2019", "'")
    words = [word for word in re.findall(r"[a-z']+", said) if word in SAFETY_WORDS]
    return [*words, *_SAFETY_PHRASES.findall(said)]
