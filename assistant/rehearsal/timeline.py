"""The picture of a session: phases, cues, counts and what was heard, over time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.coaching.actions import Answer, Enter
from assistant.pictures import pyplot, save
from assistant.session.records import Counted, CueSpoken, Entry, Silenced

PICTURES = ("timeline.svg", "timeline.png")

_COLOURS = {
    "greeting": "#d9d9d9",
    "setup": "#c6dbef",
    "imprint": "#9ecae1",
    "get_ready": "#6baed6",
    "lift": "#fdae6b",
    "return": "#fdae6b",
    "top": "#fdd0a2",
    "lower": "#e6550d",
    "bottom": "#fdd0a2",
    "hold": "#e6550d",
    "rest": "#c7e9c0",
    "asking": "#dadaeb",
    "paused": "#bcbddc",
    "stopped": "#fb9a99",
    "finished": "#969696",
}

_ROW_SECONDS = 120.0
"""Seconds of the session that one row shows."""

_LABEL_SECONDS = 5.0
"""Commands nearer to each other than this are labelled at different heights."""


def draw_timeline(entries: Sequence[Entry], title: str, folder: Path) -> list[Path]:
    """Draw a session's record as SVG and PNG, a row for every two minutes.

    Args:
        entries: The lines of events.jsonl.
        title: Written above.
        folder: Where the pictures go.

    Raises:
        AssistantError: a picture can't be written.
    """
    from matplotlib.patches import Patch  # noqa: PLC0415

    end = max((entry.at for entry in entries), default=1.0) + 1.0
    rows = max(1, int(end // _ROW_SECONDS) + 1)
    figure, axes = pyplot().subplots(rows, 1, figsize=(16, 1.2 + 1.35 * rows), squeeze=False)
    for row in range(rows):
        axis = axes[row][0]
        axis.set_xlim(row * _ROW_SECONDS, (row + 1) * _ROW_SECONDS)
        axis.set_ylim(0, 3)
        axis.set_yticks([0.5, 1.3, 2.3], ["phase", "coach", "heard"])
        axis.spines[["top", "right"]].set_visible(False)
        _draw_row(axis, entries, end, row * _ROW_SECONDS)
    axes[-1][0].set_xlabel("seconds")
    entered = {entry.record.phase for entry in entries if isinstance(entry.record, Enter)}
    seen = [phase for phase in _COLOURS if phase in entered]
    patches = [Patch(color=_COLOURS[phase], label=phase) for phase in seen]
    figure.legend(handles=patches, loc="upper right", ncol=8, fontsize=8, frameon=False)
    figure.suptitle(title, x=0.05, ha="left")
    figure.tight_layout(rect=(0, 0, 1, 1 - 0.45 / (1.2 + 1.35 * rows)))
    paths = [folder / name for name in PICTURES]
    save(figure, paths, 110, "Free some space or choose another folder")
    return paths


def _draw_row(axis: Any, entries: Sequence[Entry], end: float, start: float) -> None:
    stop = start + _ROW_SECONDS
    phases = [(entry.at, entry.record.phase) for entry in entries if isinstance(entry.record, Enter)]
    ends = [*(at for at, _ in phases[1:]), end]
    for (at, phase), over in zip(phases, ends, strict=True):
        if over > start and at < stop:
            axis.broken_barh([(at, over - at)], (0.1, 0.8), color=_COLOURS[phase])
    cues = [entry.record for entry in entries if isinstance(entry.record, CueSpoken)]
    here = [(cue.start, cue.end - cue.start) for cue in cues if start <= cue.start < stop]
    axis.broken_barh(here, (1.05, 0.35), color="#756bb1")
    counts = [entry.record.start for entry in entries if isinstance(entry.record, Counted)]
    counted = [at for at in counts if start <= at < stop]
    axis.plot(counted, [1.58] * len(counted), "k|", ms=5)
    for entry in entries:
        if isinstance(entry.record, Silenced) and start <= entry.at < stop:
            axis.axvline(entry.at, color="#cb181d", lw=0.8)
    _draw_commands(axis, entries, start, stop)


def _draw_commands(axis: Any, entries: Sequence[Entry], start: float, stop: float) -> None:
    last, high = -_LABEL_SECONDS, False
    for entry in entries:
        answer = entry.record
        if not isinstance(answer, Answer) or not start <= entry.at < stop:
            continue
        high = not high if entry.at - last < _LABEL_SECONDS else False
        last = entry.at
        colour = "#006d2c" if answer.accepted else "#636363"
        axis.plot([last], [1.85], "v", color=colour, ms=5)
        axis.annotate(answer.command, (last, 2.5 if high else 2.0), fontsize=8, color=colour)
