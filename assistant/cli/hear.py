"""`imprint hear`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, AsJson, app
from assistant.coaching.events import Heard
from assistant.errors import InputError


@app.command
def hear(
    files: Annotated[list[Path], Parameter(consume_multiple=True)],
    /,
    *,
    context: str | None = None,
    commands: Path | None = None,
    model: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """Show which commands would be heard in recordings, and what is wrong with the sound.

    Parameters
    ----------
    files
        WAV or FLAC files of any sample rate; of several channels, the first is heard.
    context
        Listen only for what can be said there, such as `moving`; by default for everything.
    commands
        Another file of the format of voices/en/commands.yaml.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    as_json
        Print one JSON object per file; hints about the sound are in it, and the commands that were
        recognized but refused, each with the reason.
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

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
    from assistant.sound import SAMPLE_RATE

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
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as progress:
            minutes = samples.size / SAMPLE_RATE / 60
            progress.add_task(f"hearing {file.name}, {minutes:.1f} minutes ({number} of {len(sounds)})")
            judged = judge_recording(samples, recognizer, matcher, context, SileroDetector(), verifier)
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


def _fields(event: Heard) -> dict[str, object]:
    keys = ("command", "slots", "text", "start", "end", "confidence")
    values = {key: getattr(event, key) for key in keys}
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
