"""Which voices are trained on."""

from __future__ import annotations

from training.engines import ACCENTS, variants
from training.held_out import ACCENTS as HELD_OUT_ACCENTS
from training.held_out import VARIANTS as HELD_OUT_VARIANTS

LISTED = """Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  variant         --/M      Adam               !v/adam
 5  variant         --/M      Demonic            !v/Demonic
 5  variant         --/M      robosoft           !v/robosoft7
 5  variant         --/M      whisper            !v/whisper
 5  variant         --/F      female4            !v/f4
 5  variant         --/F      female5            !v/f5
"""


def test_neither_robots_nor_voices_kept_for_measuring_are_trained_on() -> None:
    assert variants(LISTED) == ["adam", "f5"]
    every = "".join(f" 5  variant  --/M  x  !v/{name}\n" for name in HELD_OUT_VARIANTS)
    assert variants(every) == []


def test_one_accent_is_kept_for_measuring() -> None:
    assert set(HELD_OUT_ACCENTS) - set(ACCENTS) == {"en-gb-x-gbcwmd"}
