"""Hearing trials the way the product hears: as a session, block by block, and recordings whole.

A session hears through canceller, gate and level keeper, with a fresh listener for each clip, each kind of
noise, each talk; where no coach talks the loudspeaker is silent. A clip has a second of the room before and
after it, and what is heard well outside of it does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo.canceller import Canceller
from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.gain import AutomaticGain
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.hearing.rejection import Refused
from assistant.hearing.self_speech import Spoken
from assistant.hearing.verification import Verifier, open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.programme.commands import CommandSet
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SPEECH_DB
from assistant.session.performer import REMEMBERED_SECONDS
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, read_sound
from assistant.speaking.clips import ClipStore
from assistant.speaking.giving_way import GivingWay
from assistant.speaking.rendering import Renderer, Voice
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.sphinx import PocketSphinx
from tests.benchmarks.hearing.strained import LOUDER_DB, strain, strained_words
from tests.benchmarks.hearing.talk import Near, Talk, make_talk, nobody_talks
from tests.benchmarks.hearing.treatment import (
    InRoom,
    at_level,
    end_of_speech,
    in_room,
    with_gain,
    with_noise,
)
from tests.benchmarks.hearing.trials import (
    SOON_SECONDS,
    ClipTrial,
    Found,
    Judged,
    Noise,
    NothingTrial,
    Outcome,
    Overheard,
    Place,
    Said,
    Source,
    Synthetic,
    System,
    TalkTrial,
    Trial,
    counted,
    heard_between,
    is_right,
)

_Timed = TypeVar("_Timed", Found, NotUnderstood)


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
        self._recognizers: dict[str, tuple[VoskRecognizer, Matcher, Verifier | None]] = {}
        self._sphinxes: dict[tuple[str, str | None], PocketSphinx] = {}
        self._noises: dict[Noise, Samples] = {}
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
        clip = self._sound(trial.source)
        sound = self._in_room(trial, clip)
        start = sound.around / SAMPLE_RATE
        end = start + clip.size / SAMPLE_RATE
        soon = start + end_of_speech(clip) + SOON_SECONDS
        outcomes: list[Outcome] = []
        for system in trial.systems:
            if system == "imprint":
                talk = nobody_talks(sound.samples)
                heard = heard_between(self._hear_session(talk, trial.grammar, trial.context), start, end)
            elif system == "recording":
                heard = self._hear_recording(sound.recording, trial.grammar, trial.context)
            else:
                heard = self._sphinx(trial.grammar, trial.context).hear(sound.recording)
            said = Said(trial.source, trial.wanted)
            right = is_right(trial.wanted, heard, soon=soon)
            outcomes.append(_judged(trial.place, system, said, heard, right, clip))
        return outcomes

    def _hear_nothing(self, trial: NothingTrial) -> list[Outcome]:
        before = np.zeros(0, np.float32)
        if trial.under is not None:
            word = at_level(self._sound(trial.under), SPEECH_DB)
            before = in_room(word, chance_of("edges", trial.under.name)).recording
        noises = [read_sound(recorded.file)[: trial.most] for recorded in trial.recordings]
        if trial.level_db is not None:
            noises = [at_level(noise, trial.level_db) for noise in noises]
        sounds = [np.concatenate([before, noise]) for noise in noises]
        first = np.zeros(0, np.float32)
        if trial.first is not None:
            command = at_level(self._sound(trial.first), SPEECH_DB)
            first = in_room(command, chance_of("edges", trial.first.name)).recording
        talk = nobody_talks(np.concatenate([first, *sounds]))
        found, pleas = self._listen_to(talk, "commands", trial.context)
        outcomes: list[Outcome] = []
        begun = first.size
        for recorded, noise, sound in zip(trial.recordings, noises, sounds, strict=True):
            within = partial(_within, start=begun + before.size, end=begun + sound.size)
            of_one, seconds = tuple(within(found)), noise.size / SAMPLE_RATE
            place, name = trial.place, recorded.name
            outcomes.append(Overheard(place, "imprint", name, of_one, seconds, len(within(pleas))))
            begun += sound.size
        for recorded, noise, sound in zip(trial.recordings, noises, sounds, strict=True):
            if "recording" in trial.systems:
                heard = self._hear_recording(sound, "commands", trial.context)
                of_one = tuple(_within(heard, before.size, sound.size))
                seconds = noise.size / SAMPLE_RATE
                outcomes.append(Overheard(trial.place, "recording", recorded.name, of_one, seconds))
        return outcomes

    def talk_of(self, trial: TalkTrial) -> tuple[Talk, list[Near]]:
        """Return what loudspeaker and microphone have in a trial, and what is said over the coach.

        Raises:
            InputError: a recording can't be read.
        """
        near = [
            Near(said.wanted.text, self._sound(said.source), _louder_db(said.source)) for said in trial.said
        ]
        chance = chance_of("talk", trial.place.set, trial.number)
        return make_talk(self._setup.pack, self._speak, near, trial.seconds, trial.echo_db, chance), near

    def _hear_talk(self, trial: TalkTrial) -> list[Outcome]:
        talk, near = self.talk_of(trial)
        found, pleas = self._listen_to(talk, trial.grammar, trial.context, trial.gives_way)
        if not trial.said:
            name, seconds = f"room {trial.number}", talk.far.size / SAMPLE_RATE
            return [Overheard(trial.place, "imprint", name, tuple(found), seconds, len(pleas))]
        outcomes: list[Outcome] = []
        for said, one, (start, end) in zip(trial.said, near, talk.near, strict=True):
            heard = heard_between(found, start, end)
            right = is_right(said.wanted, heard, alone=False)
            outcomes.append(_judged(trial.place, "imprint", said, heard, right, one.samples))
        return outcomes

    def _in_room(self, trial: ClipTrial, clip: Samples) -> InRoom:
        name = trial.source.name
        sound = in_room(clip, chance_of("edges", name), trial.around_seconds)
        if trial.noise is not None:
            noise = self._noise(trial.noise)
            sound = with_noise(sound, noise, trial.snr_db, chance_of("noise", name, trial.snr_db))
        return with_gain(sound, trial.gain_db) if trial.gain_db else sound

    def _noise(self, noise: Noise) -> Samples:
        if noise not in self._noises:
            self._noises[noise] = np.concatenate([read_sound(file) for file in noise.files])
        return self._noises[noise]

    def _sound(self, source: Source) -> Samples:
        if isinstance(source, Recorded):
            return read_sound(source.file)
        if source.manner is None:
            return self._speak(source.text, source.voice)
        clip = self._speak(strained_words(source.manner, source.text), source.voice)
        return strain(clip, source.manner, chance_of("strain", source.name))

    def _speak(self, text: str, voice: Voice) -> Samples:
        # espeak-ng says nothing twice in quite the same way: once rendered, a clip is kept, so that two
        # models, or any number of processes, are compared on the same sound.
        return ClipStore(self._renderer, self._setup.cache / "bench").clip(text, voice).samples

    def _hear_session(self, talk: Talk, grammar: str, context: str | None) -> list[Found]:
        return self._listen_to(talk, grammar, context)[0]

    def _listen_to(
        self, talk: Talk, grammar: str, context: str | None, gives_way: bool = False
    ) -> tuple[list[Found], list[NotUnderstood]]:
        """Return the commands that a session hears, and what it takes for pleas."""
        recognizer, vocabulary, verifier = self._recognizer(grammar)
        canceller = DelayTrackingCanceller()
        events = listen_to(talk, recognizer, vocabulary, canceller, context, verifier, gives_way)
        return (
            [self._found(event, at) for event, at in events if isinstance(event, Heard)],
            [event for event, _ in events if isinstance(event, NotUnderstood) and event.plea],
        )

    def _hear_recording(self, sound: Samples, grammar: str, context: str | None) -> list[Found]:
        recognizer, vocabulary, verifier = self._recognizer(grammar)
        heard = hear_recording(sound, recognizer, vocabulary, context, SileroDetector(), verifier)
        return [self._found(event) for event in heard]

    def _found(self, event: Heard, at: float = 0.0) -> Found:
        safety = event.command in self._safety
        return Found(event.text, event.command, event.slots, event.start, event.end, at, safety)

    def _recognizer(self, grammar: str) -> tuple[VoskRecognizer, Matcher, Verifier | None]:
        if grammar not in self._recognizers:
            commands = self._setup.grammars[grammar]
            recognizer = VoskRecognizer(self._setup.model, commands, self._setup.cache / "graphs")
            verifier = open_verifier(self._setup.model, commands)
            self._recognizers[grammar] = recognizer, Matcher(commands), verifier
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
    verifier: Verifier | None = None,
) -> list[Heard]:
    """Return what a live session would have heard."""
    events = listen_to(talk, recognizer, vocabulary, canceller, context, verifier)
    return [event for event, _ in events if isinstance(event, Heard)]


def listen_to(
    talk: Talk,
    recognizer: VoskRecognizer,
    vocabulary: Matcher,
    canceller: Canceller,
    context: str | None,
    verifier: Verifier | None,
    gives_way: bool = False,
) -> list[tuple[Heard | NotUnderstood, float]]:
    """Listen as a live session does, block by block; each with when it was heard, in seconds."""
    listener = Listener(
        recognizer,
        vocabulary,
        canceller,
        gain=AutomaticGain(),
        detector=SileroDetector(),
        verifier=verifier,
    )
    heard: list[tuple[Heard | NotUnderstood, float]] = []
    way, echo = GivingWay(), PartitionedFilter(talk.path)
    for at in range(0, talk.far.size, BLOCK):
        mic, far = talk.mic[at : at + BLOCK], talk.far[at : at + BLOCK]
        if gives_way:
            way.lowered = listener.is_spoken_to
            far = way.process(far)
            mic = np.clip(echo.process(far) + talk.others[at : at + BLOCK], -1.0, 1.0)
        sounds = listener.hear(mic, far, context, partial(_spoken_lately, talk, at))
        heard += [(sound, listener.now) for sound in sounds if not isinstance(sound, Refused)]
    sounds = listener.finish(context)
    return heard + [(sound, listener.now) for sound in sounds if not isinstance(sound, Refused)]


def _spoken_lately(talk: Talk, at: int) -> list[Spoken]:
    """Return what the coach says or has said lately at a sample."""
    return [
        cue
        for cue in talk.spoken
        if cue.start * SAMPLE_RATE <= at and cue.end > at / SAMPLE_RATE - REMEMBERED_SECONDS
    ]


def _judged(
    place: Place, system: System, said: Said, heard: Sequence[Found], right: bool, clip: Samples
) -> Judged:
    rows = counted(place, system, said.wanted, heard, right)
    seconds = clip.size / SAMPLE_RATE
    return Judged(place, system, said.source.name, said.wanted.text, tuple(heard), right, rows, seconds)


def _within(found: Sequence[_Timed], start: int, end: int) -> list[_Timed]:
    """Return what was heard mostly between two samples."""
    return [one for one in found if start <= (one.start + one.end) / 2 * SAMPLE_RATE < end]


def _louder_db(source: Source) -> float:
    return LOUDER_DB[source.manner] if isinstance(source, Synthetic) and source.manner else 0.0
