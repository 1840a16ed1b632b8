"""`imprint hear`."""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, AsJson, app
from assistant.coaching.events import Heard
from assistant.errors import InputError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@app.command
def hear(
    files: Annotated[list[Path], Parameter(consume_multiple=True)],
    /,
    *,
    context: str | None = None,
    commands: Path | None = None,
    model: Path | None = None,
    echo: bool = True,
    as_json: AsJson = False,
) -> int:
    """Show which commands would be heard in recordings, and what is wrong with the sound.

    Parameters
    ----------
    files
        WAV or FLAC files of any sample rate; of several channels, the first is heard. In a session's own
        recording (session.wav) the microphone is heard, without the coach's voice.
    context
        Listen only for what can be said there, such as `moving`; by default for everything.
    commands
        Another file of the format of voices/en/commands.yaml.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    echo
        Take the coach's voice out of a session's own recording.
    as_json
        Print one JSON object per file; hints about the sound are in it, and the commands that were
        recognized but refused, each with the reason.
    """
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from assistant.hearing.recognition.matcher import Matcher
    from assistant.hearing.recognition.model import find_model
    from assistant.hearing.recognition.recognizer import VoskRecognizer
    from assistant.hearing.recordings import judge_recording
    from assistant.hearing.rejection import Refused
    from assistant.hearing.sound_check import read_checked
    from assistant.hearing.verification import open_verifier
    from assistant.hearing.voice_activity import SileroDetector
    from assistant.library.session import load_commands
    from assistant.places import cache_folder, shipped
    from assistant.programme.commands import CONTEXTS
    from assistant.sound import SAMPLE_RATE, read_far_end

    if context is not None and context not in CONTEXTS:
        remedy = f"Use one of: {', '.join(CONTEXTS)}"
        raise InputError(f"there is no context {context!r}", remedy=remedy, field="--context")
    words = load_commands(commands or shipped("voices") / "en" / "commands.yaml")
    sounds = [(file, *read_checked(file)) for file in files]
    matcher = Matcher(words)
    found = find_model(model)
    recognizer = VoskRecognizer(found, words, cache_folder() / "graphs")
    verifier = open_verifier(found, words)
    for number, (file, samples, hints) in enumerate(sounds, 1):
        text = TextColumn("{task.description}", markup=False)
        columns = (text, BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as progress:
            minutes = samples.size / SAMPLE_RATE / 60
            description = f"hearing {file.name}, {minutes:.1f} minutes ({number} of {len(sounds)})"
            watch = partial(_show, progress, progress.add_task(description, total=1.0))
            with_what = (recognizer, matcher, context, SileroDetector(), verifier)
            judged = judge_recording(samples, *with_what, watch, read_far_end(file) if echo else None)
        heard = [sound for sound in judged if not isinstance(sound, Refused)]
        if as_json:
            refused = [sound for sound in judged if isinstance(sound, Refused)]
            result = {
                "file": str(file),
                "heard": [_fields(event) for event in heard],
                "refused": [{**_fields(sound.heard), "because": sound.because} for sound in refused],
                "hints": [dataclasses.asdict(hint) for hint in hints],
            }
            OUT.file.write(json.dumps(result) + "\n")
            continue
        for hint in hints:
            ERR.print(f"imprint: {file}: {hint.text}.")
        OUT.print(f"{file}:")
        for event in heard:
            slots = " ".join(f"{name}={value}" for name, value in event.slots.items())
            words = f"“{event.text}” ({event.confidence:.2f})"
            OUT.print(f"  {event.start:7.2f} s  {event.command} {slots}  {words}")
        if not heard:
            OUT.print("  nothing that is a command")
    return 0


def _show(progress: Progress, task: TaskID, share: float) -> None:
    progress.update(task, completed=share)


def _fields(event: Heard) -> dict[str, object]:
    keys = ("command", "slots", "text", "start", "end", "confidence")
    values = {key: getattr(event, key) for key in keys}
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
