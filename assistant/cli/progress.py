"""`imprint progress`."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.app import OUT, app
from assistant.errors import InputError

_SUFFIXES = (".svg", ".png")


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
    from assistant.cli.memory import now_here
    from assistant.cli.past import NOTHING_YET, read_past
    from assistant.journal.chart import draw_progress
    from assistant.journal.summaries import weekly

    if out.name in ("", "..") or out.suffix not in ("", *_SUFFIXES):
        raise InputError(
            f"{out} is no picture", remedy="Give a name that ends in .svg or .png", field="--out"
        )
    files = [out] if out.suffix in _SUFFIXES else [out.with_name(out.name + suffix) for suffix in _SUFFIXES]
    sessions, _ = read_past(data)
    if not sessions:
        OUT.print(NOTHING_YET)
        return 0
    draw_progress(sessions, weekly(sessions, now_here().date()), files)
    for file in files:
        OUT.print(str(file))
    return 0
