"""`imprint plan`."""

from __future__ import annotations

from assistant.cli.app import DEFAULT_ROUTINE, OUT, app, table


@app.command
def plan(routine: str = DEFAULT_ROUTINE, /, *, level: int | None = None, voice: str = "en") -> int:
    """Show a session as a timetable.

    Parameters
    ----------
    routine
        A routine file, the path of a script that builds one, or a name.
    level
        Where on the ladder to start.
    voice
        A voice pack, or the name of one in voices/.
    """
    from assistant.coaching.plan import timetable
    from assistant.library.session import load_session

    planned = load_session(routine, voice, level).plan
    # As short as they are, the headings leave room for the exercises on 80 columns.
    headings = ("from", "part", "phase", "exercise", "set", "side", "range", "reps", "tempo")
    shown = table(*headings, no_wrap=True)
    shown.title = f"{planned.name}: the session if nobody says anything but “ready”"
    shown.title_justify, shown.collapse_padding = "left", True
    entries, part = timetable(planned), ""
    for entry in entries:
        work = entry.work
        exercise = planned.exercises[work.exercise]
        if part and part != work.part:
            shown.add_section()
        moving = entry.phase == "work"
        shown.add_row(
            f"{entry.start // 60:.0f}:{entry.start % 60:02.0f}",
            "" if part == work.part else work.part,
            entry.phase,
            work.exercise,
            str(entry.set or ""),
            entry.side or "",
            str(work.range_step) if moving and exercise.has_range_steps else "",
            str(work.repetitions) if moving else "",
            str(work.tempo) if moving else "",
        )
        part = work.part
    OUT.print(shown)
    sets = max(entry.set for entry in entries)
    minutes = round((entries[-1].start + entries[-1].seconds) / 60)
    OUT.print(f"{sets} set{'s' * (sets != 1)} of work, about {minutes} minute{'s' * (minutes != 1)}.")
    gentle = [work.exercise for work in planned.side_branch if work.part == "work"]
    OUT.print(f"Instead, should leg lifts end early: {', '.join(gentle)}.")
    return 0
