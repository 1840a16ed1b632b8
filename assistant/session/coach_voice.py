"""How one voice pack sounds: its recordings, what is rendered, and how it counts."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.coaching.plan import Cue
from assistant.programme.voice import VoicePack
from assistant.sound import Samples
from assistant.speaking import earcons
from assistant.speaking.clips import Clip, ClipStore
from assistant.speaking.recorded import read_recording
from assistant.speaking.rendering import Voice


class CoachVoice:
    """The clips of one voice pack.

    Args:
        pack: How it sounds.
        store: Where rendered clips come from.
    """

    def __init__(self, pack: VoicePack, store: ClipStore) -> None:
        self._pack = pack
        self._store = store
        self._recorded: dict[str, Clip] = {}

    def clip(self, cue: Cue) -> Clip:
        """Return the sound of a cue.

        Raises:
            InputError: its recording can't be used, or the voice can't say it.
            AssistantError: the synthesizer is missing or failed.
        """
        recording = self._pack.recordings.get(cue.name)
        if recording is None:
            return self._store.clip(cue.text, self.voice_of(cue))
        if cue.name not in self._recorded:
            self._recorded[cue.name] = Clip(cue.text, read_recording(recording))
        return self._recorded[cue.name]

    def count(self, value: int, cue: Cue, in_words: bool) -> tuple[Samples, ...]:
        """Return what sounds on one beat of the lowering, all of it from the beat on.

        Args:
            value: The number.
            cue: The number in words.
            in_words: Whether it is spoken however the voice counts.
        """
        beep, word = earcons.beat(value), self.clip(cue).samples
        if self._pack.counting == "both":
            return beep, word
        return (beep,) if self.beeps and not in_words else (word,)

    @property
    def beeps(self) -> bool:
        """Whether beats are counted in tones alone."""
        return self._pack.counting == "beeps"

    def seconds_of(self, cue: Cue) -> float:
        """Return how long a cue takes to say, in seconds."""
        return self.clip(cue).seconds

    def lengths(self, cues: Iterable[Cue]) -> dict[Cue, float]:
        """Return how long each cue takes to say, in seconds; what is not there yet is read and rendered.

        Called before a session with every cue of it, words filled in, so that nothing waits later.

        Raises:
            InputError, AssistantError: as `clip` does, or a clip can't be kept.
        """
        wanted = list(dict.fromkeys(cues))
        rendered = [cue for cue in wanted if cue.name not in self._pack.recordings]
        self._store.prepare((cue.text, self.voice_of(cue)) for cue in rendered)
        return {cue: self.clip(cue).seconds for cue in wanted}

    def voice_of(self, cue: Cue) -> Voice:
        """Return the voice and rate in which a cue is spoken."""
        rate = cue.words_per_minute or self._pack.words_per_minute
        return Voice(self._pack.voice, rate, self._pack.pitch)
