"""`imprint history`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from assistant.cli.app import OUT, app
from assistant.errors import InputError

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


@app.command
def history(
    *,
    data: Path | None = None,
    last: int = 30,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
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
    from rich import box
    from rich.table import Table

    from assistant.cli.memory import now_here
    from assistant.cli.past import NOTHING_YET, read_past
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
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, collapse_padding=True)
    table.add_column("date", no_wrap=True)
    table.add_column("routine")
    for heading in ("level", "sets", "reps", "sore", "effort"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("how it ended", no_wrap=True)
    for held in sessions[-last:]:
        table.add_row(
            f"{held.started:%Y-%m-%d %H:%M}",
            held.routine,
            str(held.level),
            str(held.sets),
            str(held.repetitions),
            _answer(held.soreness),
            _answer(held.effort),
            _ENDED.get(held.ended, held.ended or ""),
        )
    OUT.print(table)
    if len(sessions) > last:
        OUT.print(f"The last {last} of {len(sessions)} sessions; --last {len(sessions)} shows them all.")
    weeks = weekly(sessions, now_here().date())[-_WEEKS_SHOWN:]
    OUT.print(f"Week by week since {weeks[0].monday:%Y-%m-%d} ({_NOTHING} is a week without):")
    for name, values, told, highest in (
        ("level", [week.level for week in weeks], "up to {:.0f}", None),
        ("repetitions", [week.repetitions or None for week in weeks], "up to {:.0f} a week", None),
        ("under tension", [week.tension_minutes or None for week in weeks], "up to {:.1f} min a week", None),
        ("soreness", [week.soreness for week in weeks], "up to {:.0f} of ten", 10),
        ("effort", [week.effort for week in weeks], "up to {:.0f} of ten", 10),
    ):
        most = max((value for value in values if value is not None), default=None)
        what = "" if most is None else told.format(most)
        OUT.print(f"  {name:<13} {sparkline(values, highest)} {what}".rstrip())
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


def _answer(value: int | None) -> str:
    return "" if value is None else str(value)
