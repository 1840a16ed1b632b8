"""`imprint hear`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, app
from assistant.errors import InputError


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
        Print one JSON object per file; hints about the sound are in it.
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from assistant.hearing.recognition.matcher import Matcher
    from assistant.hearing.recognition.model import find_model
    from assistant.hearing.recognition.recognizer import VoskRecognizer
    from assistant.hearing.recordings import hear_recording
    from assistant.hearing.sound_check import read_checked
    from assistant.library import load_commands
    from assistant.places import cache_folder, shipped
    from assistant.programme.commands import CONTEXTS
    from assistant.sound import SAMPLE_RATE

    if context is not None and context not in CONTEXTS:
        raise InputError(
            f"there is no context {context!r}",
            remedy=f"Use one of: {', '.join(CONTEXTS)}",
            field="--context",
        )
    words = load_commands(commands or shipped("voices") / "en" / "commands.yaml")
    sounds = [(file, *read_checked(file)) for file in files]
    vocabulary = Matcher(words)
    recognizer = VoskRecognizer(find_model(model), words, cache_folder() / "graphs")
    for number, (file, samples, hints) in enumerate(sounds, 1):
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=ERR,
            transient=True,
            disable=not ERR.is_terminal,
        ) as progress:
            minutes = samples.size / SAMPLE_RATE / 60
            progress.add_task(f"hearing {file.name}, {minutes:.1f} minutes ({number} of {len(sounds)})")
            events = hear_recording(samples, recognizer, vocabulary, context)
        heard = [dataclasses.asdict(event) for event in events]
        if as_json:
            keys = ("command", "slots", "text", "start", "end", "confidence")
            found = [{key: _rounded(event[key]) for key in keys} for event in heard]
            told = [dataclasses.asdict(hint) for hint in hints]
            OUT.file.write(json.dumps({"file": str(file), "heard": found, "hints": told}) + "\n")
            continue
        for hint in hints:
            ERR.print(f"imprint: {file}: {hint.text}.")
        OUT.print(f"{file}:")
        for event in heard:
            slots = " ".join(f"{name}={value}" for name, value in event["slots"].items())
            OUT.print(
                f"  {event['start']:7.2f} s  {event['command']} {slots}  “{event['text']}” "
                f"({event['confidence']:.2f})",
            )
        if not heard:
            OUT.print("  nothing that is a command")
    return 0


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
