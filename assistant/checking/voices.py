"""Rules for a voice's other files: no command is missing, least of all for safety; recordings can be used."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.finding import Finding, at, from_error
from assistant.errors import InputError
from assistant.library.loader import ReadVoice
from assistant.programme.commands import NOTHING, require_safety
from assistant.speaking.recorded import read_recording


def check_commands(voice: ReadVoice, usual: frozenset[str]) -> Iterator[Finding]:
    """Look for commands that can't be given.

    Args:
        voice: Whose commands they are.
        usual: Names of the commands of the shipped English voice: all that there are.
    """
    read = voice.commands
    there = {command.name for command in read.commands.commands}
    if not there:
        return  # They could not be read, and that has been told.
    try:
        require_safety(read.commands)
    except InputError as error:
        for one in error.each:
            yield from_error(one, read.document.file, "command-safety")
    for name in sorted(usual - there - {NOTHING}):
        problem = f"there is no command {name!r}, so nobody can say it"
        yield at(read.document, ("commands",), "command-missing", problem, "Add it with sentences for it")


def check_recordings(voice: ReadVoice) -> Iterator[Finding]:
    """Read every recording, those that the voice inherits included."""
    for recording in voice.pack.recordings.values():
        try:
            read_recording(recording)
        except InputError as error:
            yield from_error(error, recording.file, "clip", recording.column)
