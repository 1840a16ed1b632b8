"""`imprint rehearse`."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from pathlib import Path

from assistant.cli.app import DEFAULT_ROUTINE, ERR, OUT, app
from assistant.errors import InputError


@app.command
def rehearse(
    routine: str = DEFAULT_ROUTINE,
    /,
    *,
    athlete: Path | None = None,
    out: Path | None = None,
    level: int | None = None,
    voice: str = "en",
    echo_db: float = -25.0,
    noise: Path | None = None,
    snr_db: float = 20.0,
    room: tuple[Path, ...] = (),
    seed: int = 1,
    model: Path | None = None,
    data: Path | None = None,
    music: Path | None = None,
) -> int:
    """Run a whole session against a simulated person in a simulated room, faster than real time.

    Parameters
    ----------
    routine
        A routine file, the path of a script that builds one, or a name.
    athlete
        A file of what the simulated person says, and when.
    out
        Folder for session.wav, events.jsonl and the timeline; by default a new one in sessions/.
    level
        Where on the ladder to start; by default where the routine says, or with --data where the last
        session left off.
    voice
        A voice pack, or the name of one in voices/.
    echo_db
        How loud the coach comes back into the microphone, relative to the person.
    noise
        A recording that is played in the room throughout.
    snr_db
        How loud the person is, relative to that noise.
    room
        A measured room: a sound file of its impulse response from the person to the microphone, through which
        the coach's echo comes, too. Given more than once, the person says one thing in each in turn, as
        a person does who turns or moves about. By default a made-up room.
    seed
        Makes the room.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    data
        Folder of the person's own data: the rehearsal begins with what is remembered there and is
        remembered there, with what was misheard in it if the settings say so; without --out it is kept in its
        `sessions`. By default it leaves nothing there, and
        is that of somebody who has done the tutorial and the screening.
    music
        A sound file, or a folder of them, to play under the coach's voice.
    """
    # Imported here, so that `imprint plan` does not wait for what only a rehearsal needs.
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from assistant.cli.memory import begin, keeping_misheard, load_remembered, remembering, with_last_session
    from assistant.cli.preferences import wants_misheard
    from assistant.console.transcript import transcript_line
    from assistant.rehearsal.rehearse import Conditions, planned_seconds
    from assistant.rehearsal.rehearse import rehearse as run_rehearsal
    from assistant.rehearsal.room import read_response
    from assistant.rehearsal.script import default_athlete, load_athlete
    from assistant.session.records import Entry
    from assistant.sound import read_sound
    from assistant.speaking.playlist import find_music
    from assistant.speaking.rendering import Pyttsx3Renderer

    for name, decibels in (("--echo-db", echo_db), ("--snr-db", snr_db)):
        if not -60 <= decibels <= 60:
            raise InputError(f"{decibels:g} dB is out of range", remedy="Give -60 to 60", field=name)
    if seed < 0:
        raise InputError("a seed is no negative number", remedy="Give 0 or more", field="--seed")
    script = load_athlete(athlete or default_athlete())
    sound = None if noise is None else read_sound(noise)
    played = () if music is None else find_music(music)
    conditions = Conditions(
        echo_db=echo_db,
        noise=sound,
        snr_db=snr_db,
        seed=seed,
        music=played,
        responses=tuple(read_response(file) for file in room),
    )
    with contextlib.ExitStack() as stack:
        memory = stack.enter_context(remembering(data))
        planned = load_remembered(routine, voice, level, memory.history)
        name = re.sub(r"[^\w-]+", "-", planned.plan.name)
        folder = out or (data or Path()) / "sessions" / f"{datetime.now():%Y-%m-%d-%H%M%S}-{name}"
        history = with_last_session(planned, level, memory)
        begin(memory, planned, history)
        columns = (TextColumn("rehearsing"), BarColumn(), TimeRemainingColumn())
        progress = stack.enter_context(Progress(*columns, console=ERR, transient=True))
        bar = progress.add_task("rehearsing", total=planned_seconds(planned) * 1.2)

        def watch(entry: Entry) -> None:
            memory.keep(entry)
            # Nothing here has to be on time: what is told, on the screen or in the record, is remembered.
            memory.settle()
            progress.update(bar, completed=entry.at)
            if (line := transcript_line(entry)) is not None:
                OUT.print(line)

        renderer = stack.enter_context(Pyttsx3Renderer())
        keep = stack.enter_context(keeping_misheard(data, data is not None and wants_misheard()))
        rehearsed = run_rehearsal(
            *(planned, script, conditions, renderer, folder, watch),
            model=model,
            history=history,
            keep_misheard=keep,
        )
    OUT.print(f"\n{rehearsed.seconds / 60:.1f} minutes rehearsed. Sound, record and picture:")
    for file in rehearsed.files:
        OUT.print(f"  {file}")
    for remark in rehearsed.unsaid:
        unsaid = f"so {(remark.say or str(remark.play))!r} was not said."
        place = f"{script.file}, line {remark.line}"
        ERR.print(f"imprint: {place}: the session never came to {remark.at}, {unsaid}")
    return 1 if rehearsed.unsaid else 0
