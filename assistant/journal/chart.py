"""The picture of one's progress: level, work, soreness and effort over the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from assistant.journal.summaries import SessionSummary, Week
from assistant.pictures import pyplot, save

_WORK, _LEVEL, _SORE, _EFFORT = "#4c78a8", "#2f4b6e", "#c8553d", "#d99a2b"
_TEXT, _FAINT = "#333333", "#dddddd"
_LABELLED_WEEKS = 12
"""Weekly dates along the axis, at most; with more weeks it is every second one, every third …"""

_FEWEST_WEEKS = 6
"""The axis has room for at least so many, so that the bars of the first week are not a wall."""


def draw_progress(sessions: Sequence[SessionSummary], weeks: Sequence[Week], files: Sequence[Path]) -> None:
    """Draw five strips one below the other, each over the same weeks.

    Args:
        sessions: Oldest first; at least one.
        weeks: The weeks of these.
        files: Where the picture goes; the suffix tells the format.

    Raises:
        AssistantError: a picture can't be written.
    """
    plt = pyplot()
    width = min(max(8.0, 2.5 + 0.28 * len(weeks)), 18.0)
    figure, axes = plt.subplots(5, 1, figsize=(width, 9.5), sharex=True, height_ratios=(1.3, 1, 1, 1, 1))
    level, repetitions, tension, soreness, effort = axes
    _draw_level(level, sessions)
    _draw_bars(repetitions, weeks, [week.repetitions for week in weeks], "Repetitions a week", "{:.0f}")
    minutes = [week.tension_minutes for week in weeks]
    _draw_bars(tension, weeks, minutes, "Minutes under tension a week", "{:.1f}")
    _draw_answers(soreness, sessions, weeks, "soreness", _SORE, "Soreness, 0-10; line: mean of the week")
    _draw_answers(effort, sessions, weeks, "effort", _EFFORT, "Effort, 0-10; line: mean of the week")
    _date(effort, weeks)
    first, last = sessions[0].started, sessions[-1].started
    count = f"{len(sessions)} session{'' if len(sessions) == 1 else 's'}"
    figure.suptitle(
        f"{count}, {_day(first.date())} {first.year} to {_day(last.date())} {last.year}",
        x=0.02,
        y=0.985,
        ha="left",
        va="top",
        fontsize=14,
        color=_TEXT,
    )
    # Margins in inches, whatever the width; a solver of constraints would round them otherwise each time.
    figure.subplots_adjust(left=0.55 / width, right=1 - 0.25 / width, bottom=0.05, top=0.91, hspace=0.42)
    save(figure, files, 130, "Free some space or choose another file with --out")


def _draw_level(axis: Any, sessions: Sequence[SessionSummary]) -> None:
    """Draw the level of each session; those with pain stand out."""
    times, levels = [_when(summary.started) for summary in sessions], [summary.level for summary in sessions]
    _dress(axis, "Level")
    axis.plot(times, levels, drawstyle="steps-post", color=_LEVEL, lw=1.5, alpha=0.5)
    for sore, mark, colour, size in ((False, "o", _LEVEL, 5), (True, "X", _SORE, 8)):
        here = [(at, one.level) for at, one in zip(times, sessions, strict=True) if one.sore is sore]
        axis.plot([at for at, _ in here], [rung for _, rung in here], mark, color=colour, ms=size)
    if any(summary.sore for summary in sessions):
        axis.set_title("x: with pain", loc="right", fontsize=10, color=_SORE)
    axis.set_ylim(max(min(levels) - 1, -0.5), min(max(levels) + 1, 10.5))
    axis.yaxis.get_major_locator().set_params(integer=True)


def _draw_bars(axis: Any, weeks: Sequence[Week], values: Sequence[float], title: str, form: str) -> None:
    _dress(axis, title)
    middles = [_at(week, 3.5) for week in weeks]
    axis.bar(middles, values, width=5.2, color=_WORK)
    best = max(values)
    axis.set_ylim(0, 1.25 * best or 1)
    if best:
        at = middles[list(values).index(best)]
        axis.annotate(
            form.format(best),
            (at, best),
            (0, 2),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=_TEXT,
        )


def _draw_answers(
    axis: Any, sessions: Sequence[SessionSummary], weeks: Sequence[Week], field: str, colour: str, title: str
) -> None:
    """Draw what was answered after each session, and the mean of each week."""
    _dress(axis, title)
    answers = [(_when(summary.started), getattr(summary, field)) for summary in sessions]
    given = [(at, answer) for at, answer in answers if answer is not None]
    # A week without an answer breaks the line: what was in between is not known.
    means = [getattr(week, field) for week in weeks]
    axis.plot(
        [_at(week, 3.5) for week in weeks],
        [float("nan") if mean is None else mean for mean in means],
        "-o",
        color=colour,
        lw=1.8,
        ms=3,
    )
    axis.plot([at for at, _ in given], [answer for _, answer in given], "o", color=colour, ms=6, alpha=0.35)
    axis.set_ylim(-0.7, 10.7)
    axis.set_yticks([0, 5, 10])


def _dress(axis: Any, title: str) -> None:
    axis.set_title(title, loc="left", fontsize=11, color=_TEXT)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.spines["bottom"].set_color(_FAINT)
    axis.grid(axis="y", color=_FAINT, lw=0.8)
    axis.set_axisbelow(True)
    axis.tick_params(length=0, labelsize=9, labelcolor=_TEXT)


def _date(axis: Any, weeks: Sequence[Week]) -> None:
    """Write the Mondays under the lowest strip."""
    shown = weeks[:: -(-len(weeks) // _LABELLED_WEEKS)]
    axis.set_xticks([_at(week) for week in shown], [_day(week.monday) for week in shown])
    axis.set_xlim(_at(weeks[0], -1), _at(weeks[0], 7 * max(len(weeks), _FEWEST_WEEKS) + 1))


def _when(at: datetime) -> datetime:
    """Return a moment as the person's clock showed it, without the offset from UTC."""
    return at.replace(tzinfo=None)


def _at(week: Week, days: float = 0.0) -> datetime:
    """Return the moment so many days after a week begins."""
    return datetime.combine(week.monday, time()) + timedelta(days=days)


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
