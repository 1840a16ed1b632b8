"""What is left on the screen when a session is over."""

from __future__ import annotations

from assistant.console.view import View
from assistant.console.words import ENDINGS, trouble_words


def summary_lines(view: View) -> list[str]:
    """Return how the session ended, what was done, and what went wrong with the sound."""
    done = view.ending
    if done is None:
        lines = [ENDINGS["interrupted"]]
        if view.set:
            where = f"It had come to set {view.set} of {view.sets}, {view.title}"
            lines.append(f"{where}, repetition {view.repetition}." if view.repetition else f"{where}.")
    else:
        lines = [
            ENDINGS.get(done.ended, f"The session ended: {done.ended}."),
            f"Done: {_counted(done.sets, 'set')}, {_counted(done.repetitions, 'repetition')}.",
        ]
        lines += [f"Changed: {change}." for change in done.changes]
    if (gaps := view.dropouts).count:
        lines.append(f"The sound dropped out {_times(gaps.count)}, {gaps.seconds:.2f} s in all.")
    return [*lines, *(f"At the end: {trouble_words(what)}." for what in view.troubles)]


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
