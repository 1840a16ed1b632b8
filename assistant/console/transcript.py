"""A session's record, line by line, and what is left of it at the end, for people to read."""

from __future__ import annotations

from assistant.coaching.actions import Answer, Change, Enter, Finish
from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.coaching.phases import MOVING
from assistant.console.view import View
from assistant.console.words import ENDINGS, counted, trouble_words
from assistant.session.records import CueSpoken, Dropout, Entry, Record, Silenced

_OF_A_REPETITION = frozenset(MOVING) - {"imprint"}


def transcript_line(entry: Entry) -> str | None:
    """Return the readable line of one entry, or None for one that says nothing new.

    Counts are left out: the cue lines show what was said, and the timetable when.
    """
    told = _told(entry.record)
    return None if told is None else f"{entry.at // 60:3.0f}:{entry.at % 60:04.1f}  {told}"


def _told(record: Record) -> str | None:
    match record:
        case Enter(phase="lower" | "hold", set=number, repetition=repetition, side=side):
            return f"set {number}{f' {side}' if side else ''}, repetition {repetition}"
        case Enter() as entered if entered.phase not in _OF_A_REPETITION:
            side = f" ({entered.side})" if entered.side else ""
            return f"-- {entered.phase}: {entered.exercise}, set {entered.set}{side}"
        case CueSpoken(text=text):
            return f"coach: {text}"
        case NotUnderstood():
            return "YOU: (not understood)"
        case Heard(key="", text=text):
            return f"YOU: {text}"
        case Heard(key=key, command=command):
            return f"KEY: {key} ({command})"
        case Answer(accepted=False, command=command, reason=reason):
            return f"({command}: {reason})"
        case Silenced():
            return "(silence)"
        case Change(what, before, after, why):
            return f"(change: {what} {before} to {after}, {why})"
        case TroubleBegan(trouble):
            return f"!! {trouble_words(trouble)}"
        case TroubleEnded(trouble):
            return f"!! over: {trouble_words(trouble)}"
        case Dropout(what, seconds):
            return f"(drop-out: {what}, {1000 * seconds:.0f} ms)"
        case Finish() as finish:
            return f"{finish.sets} sets, {finish.repetitions} repetitions; {finish.ended}"
        case _:
            return None


def summary_lines(view: View) -> list[str]:
    """Return how the session ended, what was done, and what went wrong with the sound."""
    if (done := view.ending) is not None:
        lines = [
            ENDINGS.get(done.ended, f"The session ended: {done.ended}."),
            f"Done: {counted(done.sets, 'set')}, {counted(done.repetitions, 'repetition')}.",
            *(f"Changed: {change}." for change in done.changes),
        ]
    else:
        where = f", repetition {view.repetition}" if view.repetition else ""
        come = [f"It had come to set {view.set} of {view.sets}, {view.title}{where}."] if view.set else []
        lines = [ENDINGS["interrupted"], *come]
    if (gaps := view.dropouts).count:
        often = "once" if gaps.count == 1 else f"{gaps.count} times"
        lines.append(f"The sound dropped out {often}, {gaps.seconds:.2f} s in all.")
    return [*lines, *(f"At the end: {trouble_words(what)}." for what in view.troubles)]
