"""Rule for recordings: each that a voice plays in place of a cue is there and can be used."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.finding import Finding, from_error
from assistant.errors import InputError
from assistant.library.loader import ReadVoice
from assistant.speaking.recorded import read_recording


def check_recordings(voice: ReadVoice) -> Iterator[Finding]:
    """Read every recording, those that the voice inherits included."""
    for recording in voice.pack.recordings.values():
        try:
            read_recording(recording)
        except InputError as error:
            yield from_error(error, recording.file, "clip", recording.column)
