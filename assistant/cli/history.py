"""`imprint history`, `progress`, `export` and `forget`: what is remembered of sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from assistant.cli.app import OUT, AsJson, app, asked, can_ask, empty_table
from assistant.console.words import counted
from assistant.errors import InputError
from assistant.files import replace_file, writing

_ENDED: Mapping[str | None, str] = {
    "completed": "completed",
    "asked": "ended early",
    "pain": "ended by pain",
    "red_flag": "felt unwell",
    "silence": "left in silence",
    "interrupted": "broken off",
    "not_today": "not begun",
    None: "cut off",
}
"""How a session ended, in a word or two."""

_BLOCKS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_WEEKS_SHOWN = 26
_PICTURES = (".svg", ".png")


@app.command
def history(*, data: Path | None = None, last: int = 30, as_json: AsJson = False) -> int:
    """Show your sessions, and how the weeks went.

    Parameters
    ----------
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    last
        How many sessions to show, the last ones.
    as_json
        Print all sessions as a JSON list instead; its fields are the columns of `imprint export`.
    """
    from rich.table import Column

    from assistant.cli.memory import NOTHING_YET, now_here, read_past
    from assistant.journal.export import session_cells
    from assistant.journal.summaries import weekly

    if last < 1:
        raise InputError(f"{last} is no number of sessions", remedy="Give 1 or more", field="--last")
    sessions, _ = read_past(data)
    if as_json:
        OUT.file.write(json.dumps([session_cells(held) for held in sessions], ensure_ascii=False) + "\n")
        return 0
    if not sessions:
        OUT.print(NOTHING_YET)
        return 0
    whole = partial(Column, no_wrap=True)
    number = partial(whole, justify="right")
    numbers = map(number, ("level", "sets", "reps", "sore", "effort"))
    shown = empty_table(whole("date"), "routine", *numbers, whole("how it ended"))
    for held in sessions[-last:]:
        values = (held.level, held.sets, held.repetitions, held.soreness, held.effort)
        told = ("" if value is None else str(value) for value in values)
        ended = _ENDED.get(held.ended, held.ended or "")
        shown.add_row(f"{held.started:%Y-%m-%d %H:%M}", held.routine, *told, ended)
    OUT.print(shown)
    if len(sessions) > last:
        OUT.print(f"The last {last} of {len(sessions)} sessions; --last {len(sessions)} shows them all.")
    weeks = weekly(sessions, now_here().date())[-_WEEKS_SHOWN:]
    OUT.print(f"Week by week since {weeks[0].monday:%Y-%m-%d} ({_NOTHING} is a week without):")
    for name, weekly_values, most, highest in (
        ("level", [week.level for week in weeks], "up to {:.0f}", None),
        ("repetitions", [week.repetitions or None for week in weeks], "up to {:.0f} a week", None),
        ("under tension", [week.tension_minutes or None for week in weeks], "up to {:.1f} min a week", None),
        ("soreness", [week.soreness for week in weeks], "up to {:.0f} of ten", 10),
        ("effort", [week.effort for week in weeks], "up to {:.0f} of ten", 10),
    ):
        known = [value for value in weekly_values if value is not None]
        what = most.format(max(known)) if known else ""
        OUT.print(f"  {name:<13} {sparkline(weekly_values, highest)} {what}".rstrip())
    return 0


def sparkline(values: Sequence[float | None], highest: float | None = None) -> str:
    """Draw values as blocks; what is None is a dot.

    Args:
        values: 0 or more.
        highest: What the highest block stands for; by default the highest of the values.
    """
    top = highest or max((value for value in values if value is not None), default=0) or 1
    return "".join(
        _NOTHING if value is None else _BLOCKS[round(value / top * (len(_BLOCKS) - 1))] for value in values
    )


@app.command
def progress(*, out: Path = Path("progress"), data: Path | None = None) -> int:
    """Draw level, repetitions, time under tension, soreness and effort over the weeks.

    Parameters
    ----------
    out
        The picture: NAME.svg or NAME.png; without either, both are made.
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    """
    from assistant.cli.memory import NOTHING_YET, now_here, read_past
    from assistant.journal.chart import draw_progress
    from assistant.journal.summaries import weekly

    if out.name in ("", "..") or out.suffix not in ("", *_PICTURES):
        remedy = "Give a name that ends in .svg or .png"
        raise InputError(f"{out} is no picture", remedy=remedy, field="--out")
    files = [out] if out.suffix in _PICTURES else [out.with_name(out.name + suffix) for suffix in _PICTURES]
    sessions, _ = read_past(data)
    if not sessions:
        OUT.print(NOTHING_YET)
        return 0
    draw_progress(sessions, weekly(sessions, now_here().date()), files)
    for file in files:
        OUT.print(str(file))
    return 0


@app.command
def export(
    *,
    form: Annotated[Literal["csv", "json"], Parameter(name="--format")] = "csv",
    table: Literal["sessions", "repetitions", "changes", "notes"] = "sessions",
    out: Path | None = None,
    data: Path | None = None,
) -> int:
    """Write what is remembered for other programs; docs/journal.md describes the columns.

    Parameters
    ----------
    form
        csv for one table, json for all of them.
    table
        What the CSV holds.
    out
        The file; by default it is printed.
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    """
    from assistant.cli.memory import read_past
    from assistant.journal.export import as_csv, as_json, tables

    found = tables(*read_past(data))
    text = as_csv(found[table], table) if form == "csv" else as_json(found)
    if out is None:
        OUT.file.write(text)
        return 0
    if out.suffix.lower() != f".{form}":
        remedy = "Give another name, so that nothing else is overwritten"
        raise InputError(f"{str(out)!r} does not end in .{form}", remedy=remedy, field="--out")
    with writing(out, "Free some space or choose another file with --out"):
        # Whole or not at all: an older export is not lost to a full disk.
        replace_file(out.resolve(), text.encode())
    return 0


@app.command
def forget(*, data: Path | None = None, yes: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Delete the journal, every session in it, and the sound of what was misheard. It asks first.

    Parameters
    ----------
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    yes
        Do not ask.
    """
    from assistant.cli.memory import read_past
    from assistant.journal.database import JournalError, files_of_memory
    from assistant.journal.database import forget as forget_all
    from assistant.journal.excerpts import FOLDER_NAME, files_of_excerpts, forget_excerpts
    from assistant.places import data_folder

    folder = data or data_folder()
    files, excerpts = files_of_memory(folder), files_of_excerpts(folder)
    if not files and not excerpts:
        OUT.print("There is nothing to forget.")
        return 0
    told: list[str] = []
    try:
        if files:
            sessions, notes = read_past(folder)
            told.append(f"{counted(len(sessions), 'session')} and {len(notes)} notes")
    except JournalError:
        told.append("a journal that can't be read")  # All the more reason to be rid of it.
    if excerpts:
        told.append("the sound of what was misheard")
    OUT.print(f"This deletes {', and '.join(told)}, for good:")
    for file in files:
        OUT.print(f"  {file}{f', and {file.resolve()}, where it leads' if file.is_symlink() else ''}")
    if excerpts:
        OUT.print(f"  {counted(len(excerpts), 'file')} in {folder / FOLDER_NAME}")
    OUT.print("Recordings of whole sessions, fetched models and files that you exported stay.")
    if not yes:
        if not can_ask():
            raise InputError("nobody can be asked here", remedy="Add --yes to delete it all the same")
        if asked("Type yes to delete it: ") != "yes":
            OUT.print("Nothing was deleted.")
            return 1
    forget_excerpts(folder)
    forget_all(folder)
    OUT.print("Forgotten. The next session is your first.")
    return 0
