"""`imprint plan`."""

from __future__ import annotations

from assistant.cli.app import DEFAULT_ROUTINE, OUT, app


@app.command
def plan(routine: str = DEFAULT_ROUTINE, /, *, level: int | None = None, voice: str = "en") -> int:
    """Show a session as a timetable.

    Parameters
    ----------
    routine
        A routine file, or the name of one in scripts/.
    level
        Where on the ladder to start.
    voice
        A voice pack, or the name of one in voices/.
    """
    from rich import box
    from rich.table import Table

    from assistant.coaching.plan import timetable
    from assistant.library import load_session

    planned = load_session(routine, voice, level).plan
    table = Table(
        title=f"{planned.name}: the session if nobody says anything but “ready”",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for heading in ("from", "phase", "exercise", "set", "side", "range", "repetitions", "tempo"):
        table.add_column(heading, no_wrap=True)
    for entry in timetable(planned):
        work = planned.sets[entry.set - 1]
        moving = entry.phase == "work"
        table.add_row(
            f"{entry.start // 60:.0f}:{entry.start % 60:02.0f}",
            entry.phase,
            entry.exercise,
            str(entry.set),
            entry.side or "",
            str(work.range_step) if moving else "",
            str(work.repetitions) if moving else "",
            str(work.tempo) if moving else "",
        )
    OUT.print(table)
    last = timetable(planned)[-1]
    OUT.print(f"About {(last.start + last.seconds) / 60:.0f} minutes.")
    return 0
