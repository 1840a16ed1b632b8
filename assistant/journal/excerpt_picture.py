"""The picture of an excerpt: how loud it was, which words were heard when, and what became of them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.journal.excerpts import KeptExcerpt
from assistant.pictures import pyplot, save
from assistant.session.misheard import BothSides, Judged
from assistant.sound import frame_powers

_PERSON, _COACH = "#4c78a8", "#d9c9a3"
_TAKEN, _REFUSED, _OTHER = "#2e7d4f", "#c8553d", "#888888"
_TEXT, _FAINT = "#333333", "#dddddd"

_QUIETEST_DB = -80.0
"""The foot of the axis, in decibels of full scale. Chosen: quieter than any microphone."""

_ROWS = 3
"""Words next to each other are labelled at so many heights."""

_TITLE_LETTERS = 95
"""In one line of the title."""


def draw_excerpt(kept: KeptExcerpt, sound: BothSides, title: str, files: Sequence[Path]) -> None:
    """Draw an excerpt over its seconds: the level of both sides, and below it the words.

    Args:
        kept: What is told of it.
        sound: Both sides.
        title: The verdict in a sentence.
        files: Where the picture goes; the suffix tells the format.

    Raises:
        AssistantError: a picture can't be written.
    """
    figure, (level, words) = pyplot().subplots(2, 1, figsize=(11, 4.6), sharex=True, height_ratios=(3, 2))
    _draw_level(level, sound)
    _draw_words(words, kept)
    words.set_xlim(0, kept.seconds)
    words.set_xlabel("seconds", fontsize=9, color=_TEXT)
    lines = textwrap.fill(title, _TITLE_LETTERS)
    figure.suptitle(lines, x=0.06, y=0.98, ha="left", va="top", fontsize=11, color=_TEXT)
    figure.subplots_adjust(left=0.06, right=0.98, bottom=0.1, top=0.82, hspace=0.15)
    save(figure, files, 110, "Free some space or choose another file with --out")


def _draw_level(axis: Any, sound: BothSides) -> None:
    for channel, colour, label in ((0, _COACH, "the coach"), (1, _PERSON, "what was heard")):
        powers = frame_powers(sound[:, channel])
        decibels = 10 * np.log10(np.maximum(powers, 10 ** (_QUIETEST_DB / 10)))
        seconds = (np.arange(powers.size) + 0.5) / 50
        axis.fill_between(seconds, _QUIETEST_DB, decibels, color=colour, lw=0, alpha=0.85, label=label)
    axis.set_ylim(_QUIETEST_DB, 0)
    axis.set_ylabel("level, dB", fontsize=9, color=_TEXT)
    axis.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=2, fontsize=9, frameon=False)
    _dress(axis)
    axis.grid(axis="y", color=_FAINT, lw=0.8)
    axis.set_axisbelow(True)


def _draw_words(axis: Any, kept: KeptExcerpt) -> None:
    axis.set_ylim(0, _ROWS + 1)
    axis.set_yticks([])
    _dress(axis)
    for number, words in enumerate(kept.words):
        colour = _colour(words)
        asked = number == kept.about
        early = words.start < 0.7 * kept.seconds
        axis.axvspan(words.start, words.end, color=colour, alpha=0.3 if asked else 0.12, lw=0)
        axis.annotate(
            label(words),
            (words.start if early else words.end, _ROWS - number % _ROWS + 0.3),
            fontsize=10,
            fontweight="bold" if asked else "normal",
            color=colour,
            # A label near the right edge grows to the left.
            ha="left" if early else "right",
        )


def label(words: Judged) -> str:
    """Return what was heard and what became of it, in a few words."""
    if words.key:
        return f"{words.text} (key {words.key})"
    if words.command is None:
        return "not understood"
    became = "taken" if words.because is None else "refused"
    return f"“{words.text}” {words.confidence:.2f} {became}"


def _colour(words: Judged) -> str:
    if words.command is None or words.key:
        return _OTHER
    return _TAKEN if words.because is None else _REFUSED


def _dress(axis: Any) -> None:
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.spines["bottom"].set_color(_FAINT)
    axis.tick_params(length=0, labelsize=9, labelcolor=_TEXT)
