"""The commands: `imprint rehearse`, `hear` and `plan`, and what `imprint` alone does."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console

from assistant import __version__
from assistant.errors import AssistantError, InputError

app = App(
    name="imprint",
    help="A hands-free, offline workout coach: you talk, it listens, counts and answers.",
    version=__version__,
    result_action="return_value",
)

_OUT = Console(highlight=False, soft_wrap=True)
_ERR = Console(stderr=True, highlight=False, soft_wrap=True)

DEFAULT_ROUTINE = "leg-lifts"


def main() -> None:
    """Run the command line; every mistake that a person can make ends in one sentence and exit 2."""
    try:
        status = app(sys.argv[1:], exit_on_error=False, print_error=False)
    except CycloptsError as error:
        _ERR.print(f"imprint: {str(error).strip()}\nSee: imprint --help", markup=False)
        status = 2
    except AssistantError as error:
        _ERR.print(f"imprint: {error}", markup=False)
        status = 2
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again while closing it.
        sys.stderr.close()
        status = 1
    except OSError as error:
        _ERR.print(f"imprint: {error.filename}: {error.strerror}. Check the name.", markup=False)
        status = 2
    sys.exit(status if isinstance(status, int) else 0)


@app.default
def session() -> int:
    """Do a session of leg-lifts, or rehearse it where there is no microphone or loudspeaker."""
    from assistant.hearing.devices import missing_device

    missing = missing_device()
    if missing is None:
        _OUT.print("Live sessions come with the next version: rehearsing the same session instead.")
    else:
        _OUT.print(f"There is no {missing} here: rehearsing the same session instead.")
    return rehearse()


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
    seed: int = 1,
    model: Path | None = None,
    data: Path | None = None,
) -> int:
    """Run a whole session against a simulated person in a simulated room, faster than real time.

    Parameters
    ----------
    routine
        A routine file, or the name of one in scripts/.
    athlete
        A file of what the simulated person says, and when.
    out
        Folder for session.wav, events.jsonl and the timeline; by default a new one in sessions/.
    level
        Where on the ladder to start.
    voice
        A voice pack, or the name of one in voices/.
    echo_db
        How loud the coach comes back into the microphone, relative to the person.
    noise
        A recording that is played in the room throughout.
    snr_db
        How loud the person is, relative to that noise.
    seed
        Makes the room.
    model
        Folder of another Vosk model; by default the shipped one.
    data
        Folder of the person's own data: without --out the session is kept in its `sessions`. By default
        a rehearsal leaves nothing there.
    """
    # Imported here, so that `imprint plan` does not wait for what only a rehearsal needs.
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from assistant.library import load_session
    from assistant.record import Entry
    from assistant.rehearsal.rehearse import (
        Conditions,
        planned_seconds,
    )
    from assistant.rehearsal.rehearse import rehearse as run_rehearsal
    from assistant.rehearsal.script import default_athlete, load_athlete
    from assistant.rehearsal.transcript import transcript_line
    from assistant.sound import read_sound
    from assistant.speaking.rendering import Pyttsx3Renderer

    for name, decibels in (("--echo-db", echo_db), ("--snr-db", snr_db)):
        if not -60 <= decibels <= 60:
            raise InputError(f"{decibels:g} dB is out of range", remedy="Give -60 to 60", field=name)
    if seed < 0:
        raise InputError("a seed is no negative number", remedy="Give 0 or more", field="--seed")
    planned = load_session(routine, voice, level)
    script = load_athlete(athlete or default_athlete())
    conditions = Conditions(echo_db, None if noise is None else read_sound(noise), snr_db, seed)
    name = re.sub(r"[^\w-]+", "-", planned.plan.name)
    folder = out or (data or Path()) / "sessions" / f"{datetime.now():%Y-%m-%d-%H%M%S}-{name}"
    with Progress(
        TextColumn("rehearsing"),
        BarColumn(),
        TimeRemainingColumn(),
        console=_ERR,
        transient=True,
    ) as progress:
        bar = progress.add_task("rehearsing", total=planned_seconds(planned) * 1.2)

        def watch(entry: Entry) -> None:
            progress.update(bar, completed=entry["t"])
            line = transcript_line(entry)
            if line is not None:
                _OUT.print(line, markup=False)

        with Pyttsx3Renderer() as renderer:
            rehearsed = run_rehearsal(planned, script, conditions, renderer, folder, watch, model)
    _OUT.print(f"\n{rehearsed.seconds / 60:.1f} minutes rehearsed. Sound, record and picture:")
    for file in rehearsed.files:
        _OUT.print(f"  {file}", markup=False)
    for remark in rehearsed.unsaid:
        _ERR.print(
            f"imprint: {script.file}, line {remark.line}: the session never came to {remark.at}, "
            f"so {(remark.say or str(remark.play))!r} was not said.",
            markup=False,
        )
    return 1 if rehearsed.unsaid else 0


@app.command
def hear(
    files: Annotated[list[Path], Parameter(consume_multiple=True)],
    /,
    *,
    context: str | None = None,
    commands: Path | None = None,
    model: Path | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Show which commands would be heard in recordings.

    Parameters
    ----------
    files
        WAV or FLAC files of any sample rate; of several channels, the first is heard.
    context
        Listen only for what can be said there, such as `moving`; by default for everything.
    commands
        Another file of the format of voices/en/commands.yaml.
    model
        Folder of another Vosk model; by default the shipped one.
    as_json
        Print one JSON object per file.
    """
    from assistant.hearing.model import find_model
    from assistant.hearing.recognizer import VoskRecognizer
    from assistant.hearing.recordings import hear_recording
    from assistant.hearing.vocabulary import Vocabulary
    from assistant.library import load_commands
    from assistant.places import cache_folder, shipped
    from assistant.programme.commands import CONTEXTS
    from assistant.sound import read_sound

    if context is not None and context not in CONTEXTS:
        raise InputError(
            f"there is no context {context!r}",
            remedy=f"Use one of: {', '.join(CONTEXTS)}",
            field="--context",
        )
    words = load_commands(commands or shipped("voices") / "en" / "commands.yaml")
    sounds = [(file, read_sound(file)) for file in files]
    vocabulary = Vocabulary(words)
    recognizer = VoskRecognizer(find_model(model), words, cache_folder() / "graphs")
    for file, samples in sounds:
        heard = [
            dataclasses.asdict(event) for event in hear_recording(samples, recognizer, vocabulary, context)
        ]
        if as_json:
            keys = ("command", "slots", "text", "start", "end", "confidence")
            found = [{key: _rounded(event[key]) for key in keys} for event in heard]
            _OUT.file.write(json.dumps({"file": str(file), "heard": found}) + "\n")
            continue
        _OUT.print(f"{file}:", markup=False)
        for event in heard:
            slots = " ".join(f"{name}={value}" for name, value in event["slots"].items())
            _OUT.print(
                f"  {event['start']:7.2f} s  {event['command']} {slots}  “{event['text']}” "
                f"({event['confidence']:.2f})",
                markup=False,
            )
        if not heard:
            _OUT.print("  nothing that is a command")
    return 0


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


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
    _OUT.print(table)
    last = timetable(planned)[-1]
    _OUT.print(f"About {(last.start + last.seconds) / 60:.0f} minutes.")
    return 0
