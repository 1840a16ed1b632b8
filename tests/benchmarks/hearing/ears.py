"""Hearing trials the way the product hears: as a session, block by block, and recordings whole.

A session hears through canceller, gate and level keeper, with a fresh listener for each clip, each kind of
noise, each talk; where no coach talks the loudspeaker is silent. A clip has a second of the room before and
after it, and what is heard well outside of it does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.coaching.events import Heard
from assistant.hearing.echo.canceller import Canceller
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.gain import AutomaticGain
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.hearing.self_speech import Spoken
from assistant.programme.commands import CommandSet
from assistant.programme.voice import VoicePack
from assistant.session.performer import REMEMBERED_SECONDS
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, read_sound
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer, Voice
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.sphinx import PocketSphinx
from tests.benchmarks.hearing.talk import Near, Talk, make_talk, nobody_talks
from tests.benchmarks.hearing.treatment import InRoom, in_room, with_gain, with_noise
from tests.benchmarks.hearing.trials import (
    OURS,
    ClipTrial,
    Found,
    Judged,
    NothingTrial,
    Outcome,
    Overheard,
    Place,
    Source,
    System,
    TalkTrial,
    Trial,
    Wanted,
    heard_between,
    is_right,
)


@dataclass(frozen=True, slots=True)
class Setup:
    """What every process needs to hear trials."""

    model: ModelFolder
    pack: VoicePack
    grammars: Mapping[str, CommandSet]
    """The sets of phrases that trials name."""
    cache: Path
    """Folder of graphs, and of what synthetic voices have said."""


class Ears:
    """Hears trials; what they listen with is made once and kept.

    Args:
        setup: With what.
        renderer: Speaks for the synthetic voices.
    """

    def __init__(self, setup: Setup, renderer: Renderer) -> None:
        self._setup = setup
        self._renderer = renderer
        self._recognizers: dict[str, tuple[VoskRecognizer, Matcher]] = {}
        self._sphinxes: dict[tuple[str, str | None], PocketSphinx] = {}
        self._noises: dict[Path, Samples] = {}
        self._safety = {command.name for command in setup.pack.commands.commands if command.safety}

    def hear(self, trial: Trial) -> list[Outcome]:
        """Hear one trial and judge what was heard.

        Raises:
            InputError: a recording can't be read, or a word can't be listened for.
        """
        match trial:
            case ClipTrial():
                return self._hear_clip(trial)
            case NothingTrial():
                return self._hear_nothing(trial)
            case TalkTrial():
                return self._hear_talk(trial)

    def _hear_clip(self, trial: ClipTrial) -> list[Outcome]:
        sound = self._treated(trial)
        return [
            self._judged(
                trial.place, system, trial.source, trial.wanted, self._heard_by(system, trial, sound)
            )
            for system in trial.systems
        ]

    def _heard_by(self, system: System, trial: ClipTrial, sound: InRoom) -> list[Found]:
        if system == "imprint":
            found = self._hear_session(nobody_talks(sound.samples), trial.grammar, trial.context)
            start, size = sound.around / SAMPLE_RATE, sound.samples.size / SAMPLE_RATE
            return heard_between(found, start, size - start)
        if system == "recording":
            return self._hear_recording(sound.recording, trial.grammar, trial.context)
        return self._sphinx(trial.grammar, trial.context).hear(sound.recording)

    def _judged(
        self,
        place: Place,
        system: System,
        source: Source,
        wanted: Wanted,
        heard: Sequence[Found],
        alone: bool = True,
    ) -> Judged:
        where = place if system == "imprint" else replace(place, detail="")
        right = is_right(wanted, heard, alone)
        return Judged(
            where, system, source.name, wanted.text, tuple(heard), right, self._ended(wanted, heard)
        )

    def _hear_nothing(self, trial: NothingTrial) -> list[Outcome]:
        """Hear all of it as a session, one after the other, and each as a recording."""
        sounds = [read_sound(recorded.file) for recorded in trial.recordings]
        ends = np.cumsum([sound.size for sound in sounds]) / SAMPLE_RATE
        found = self._hear_session(nobody_talks(np.concatenate(sounds)), "commands", trial.context)
        of = np.searchsorted(ends[:-1], [(one.start + one.end) / 2 for one in found])
        outcomes: dict[System, list[Outcome]] = {system: [] for system in OURS}
        for i, (recorded, sound) in enumerate(zip(trial.recordings, sounds, strict=True)):
            heard: Mapping[System, list[Found]] = {
                "imprint": [one for one, at in zip(found, of, strict=True) if at == i],
                "recording": self._hear_recording(sound, "commands", trial.context),
            }
            for system in OURS:
                seconds = sound.size / SAMPLE_RATE
                outcomes[system].append(
                    self._overheard(trial.place, system, recorded.name, heard[system], seconds)
                )
        return [outcome for system in OURS for outcome in outcomes[system]]

    def _hear_talk(self, trial: TalkTrial) -> list[Outcome]:
        near = [Near(said.wanted.text, self._sound(said.source)) for said in trial.said]
        chance = chance_of("talk", trial.place.set, trial.number)
        talk = make_talk(self._setup.pack, self._speak, near, trial.seconds, trial.echo_db, chance)
        found = self._hear_session(talk, trial.grammar, trial.context)
        if not trial.said:
            seconds = talk.far.size / SAMPLE_RATE
            return [self._overheard(trial.place, "imprint", f"room {trial.number}", found, seconds)]
        return [
            self._judged(
                replace(trial.place, detail=""),
                "imprint",
                said.source,
                said.wanted,
                heard_between(found, start, end),
                alone=False,
            )
            for said, (start, end) in zip(trial.said, talk.near, strict=True)
        ]

    def _ended(self, wanted: Wanted, heard: Sequence[Found]) -> bool | None:
        return any(one.command in self._safety for one in heard) if wanted.rule == "safety" else None

    def _overheard(
        self, place: Place, system: System, name: str, heard: Sequence[Found], seconds: float
    ) -> Overheard:
        safety = sum(one.command in self._safety for one in heard)
        return Overheard(place, system, name, tuple(heard), safety, seconds)

    def _treated(self, trial: ClipTrial) -> InRoom:
        name = trial.source.name
        sound = in_room(self._sound(trial.source), chance_of("edges", name))
        if trial.noise is not None:
            noise = self._noises.setdefault(trial.noise, read_sound(trial.noise))
            sound = with_noise(sound, noise, trial.snr_db, chance_of("noise", name, trial.snr_db))
        return with_gain(sound, trial.gain_db) if trial.gain_db else sound

    def _sound(self, source: Source) -> Samples:
        return (
            read_sound(source.file)
            if isinstance(source, Recorded)
            else self._speak(source.text, source.voice)
        )

    def _speak(self, text: str, voice: Voice) -> Samples:
        # espeak-ng says nothing twice in quite the same way: once rendered, a clip is kept, so that two
        # models, or any number of processes, are compared on the same sound.
        return ClipStore(self._renderer, self._setup.cache / "bench").clip(text, voice).samples

    def _hear_session(self, talk: Talk, grammar: str, context: str | None) -> list[Found]:
        recognizer, vocabulary = self._recognizer(grammar)
        events = hear_talk(talk, recognizer, vocabulary, DelayTrackingCanceller(), context)
        return [_found(event) for event in events]

    def _hear_recording(self, sound: Samples, grammar: str, context: str | None) -> list[Found]:
        recognizer, vocabulary = self._recognizer(grammar)
        return [_found(event) for event in hear_recording(sound, recognizer, vocabulary, context)]

    def _recognizer(self, grammar: str) -> tuple[VoskRecognizer, Matcher]:
        if grammar not in self._recognizers:
            commands = self._setup.grammars[grammar]
            recognizer = VoskRecognizer(self._setup.model, commands, self._setup.cache / "graphs")
            self._recognizers[grammar] = recognizer, Matcher(commands)
        return self._recognizers[grammar]

    def _sphinx(self, grammar: str, context: str | None) -> PocketSphinx:
        if (grammar, context) not in self._sphinxes:
            self._sphinxes[grammar, context] = PocketSphinx(self._setup.grammars[grammar], context)
        return self._sphinxes[grammar, context]


def hear_talk(
    talk: Talk,
    recognizer: VoskRecognizer,
    vocabulary: Matcher,
    canceller: Canceller,
    context: str | None,
) -> list[Heard]:
    """Listen as a live session does, block by block."""
    listener = Listener(recognizer, vocabulary, canceller, gain=AutomaticGain())
    sounds = [
        sound
        for at in range(0, talk.far.size, BLOCK)
        for sound in listener.hear(
            talk.mic[at : at + BLOCK],
            talk.far[at : at + BLOCK],
            context,
            partial(_spoken_lately, talk, at),
        )
    ]
    sounds += listener.finish(context)
    return [sound for sound in sounds if isinstance(sound, Heard)]


def _spoken_lately(talk: Talk, at: int) -> list[Spoken]:
    """Return what the coach says or has said lately at a sample."""
    return [
        cue
        for cue in talk.spoken
        if cue.start * SAMPLE_RATE <= at and cue.end > at / SAMPLE_RATE - REMEMBERED_SECONDS
    ]


def _found(event: Heard) -> Found:
    return Found(event.text, event.command, event.slots, event.start, event.end)
