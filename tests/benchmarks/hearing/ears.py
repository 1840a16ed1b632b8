"""Hearing trials the way the product hears: recordings whole, talk over the coach block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assistant.coaching.events import Heard
from assistant.hearing.echo.canceller import Canceller
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.hearing.self_speech import Spoken
from assistant.hearing.verification import PhoneVerifier, open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.programme.commands import CommandSet
from assistant.programme.voice import VoicePack
from assistant.session.performer import REMEMBERED_SECONDS
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, read_sound
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer, Voice
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.sphinx import PocketSphinx
from tests.benchmarks.hearing.talk import Near, Talk, make_talk
from tests.benchmarks.hearing.treatment import with_edges, with_gain, with_noise
from tests.benchmarks.hearing.trials import (
    ClipTrial,
    Found,
    Judged,
    NothingTrial,
    Outcome,
    Overheard,
    Source,
    TalkTrial,
    Trial,
    Wanted,
    is_right,
)

BEFORE_SECONDS, AFTER_SECONDS = 0.3, 0.6
"""How long before and after an utterance over the coach what is heard counts as heard of it; chosen."""


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
        self._verifiers: dict[str, PhoneVerifier | None] = {}
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
                return [self._hear_clip(trial)]
            case NothingTrial():
                return [self._hear_nothing(trial)]
            case TalkTrial():
                return self._hear_talk(trial)

    def _hear_clip(self, trial: ClipTrial) -> Judged:
        sound = self._treated(trial)
        if trial.system == "imprint":
            heard = self._hear_recording(sound, trial.grammar, trial.context)
        else:
            heard = self._sphinx(trial.grammar, trial.context).hear(sound)
        source = trial.source
        right = is_right(trial.wanted, heard)
        ended = self._ended(trial.wanted, heard)
        return Judged(trial.place, trial.system, source.name, trial.wanted.text, tuple(heard), right, ended)

    def _hear_nothing(self, trial: NothingTrial) -> Overheard:
        sound = read_sound(trial.recorded.file)
        heard = self._hear_recording(sound, "commands", trial.context)
        return self._overheard(trial, trial.recorded.name, heard, sound.size / SAMPLE_RATE)

    def _hear_talk(self, trial: TalkTrial) -> list[Outcome]:
        near = [Near(said.wanted.text, self._sound(said.source)) for said in trial.said]
        chance = chance_of("talk", trial.place.set, trial.number)
        talk = make_talk(self._setup.pack, self._speak, near, trial.seconds, trial.echo_db, chance)
        recognizer, vocabulary = self._recognizer(trial.grammar)
        verifier = self._verifier(trial.grammar)
        events = hear_talk(talk, recognizer, vocabulary, DelayTrackingCanceller(), trial.context, verifier)
        found = [_found(event) for event in events]
        if not trial.said:
            name = f"room {trial.number}"
            return [self._overheard(trial, name, found, talk.far.size / SAMPLE_RATE)]
        outcomes: list[Outcome] = []
        for said, (start, end) in zip(trial.said, talk.near, strict=True):
            heard = tuple(
                one for one in found if one.end > start - BEFORE_SECONDS and one.start < end + AFTER_SECONDS
            )
            right = is_right(said.wanted, heard, alone=False)
            place = replace(trial.place, detail="")
            ended = self._ended(said.wanted, heard)
            outcomes.append(Judged(place, "imprint", said.source.name, said.wanted.text, heard, right, ended))
        return outcomes

    def _ended(self, wanted: Wanted, heard: Sequence[Found]) -> bool | None:
        return any(one.command in self._safety for one in heard) if wanted.rule == "safety" else None

    def _overheard(
        self, trial: NothingTrial | TalkTrial, name: str, heard: Sequence[Found], seconds: float
    ) -> Overheard:
        safety = sum(one.command in self._safety for one in heard)
        return Overheard(trial.place, "imprint", name, tuple(heard), safety, seconds)

    def _treated(self, trial: ClipTrial) -> Samples:
        name = trial.source.name
        sound = with_edges(self._sound(trial.source), chance_of("edges", name))
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

    def _hear_recording(self, sound: Samples, grammar: str, context: str | None) -> list[Found]:
        recognizer, vocabulary = self._recognizer(grammar)
        verifier = self._verifier(grammar)
        heard = hear_recording(sound, recognizer, vocabulary, context, SileroDetector(), verifier)
        return [_found(event) for event in heard]

    def _verifier(self, grammar: str) -> PhoneVerifier | None:
        if grammar not in self._verifiers:
            commands = self._setup.grammars[grammar]
            self._verifiers[grammar] = open_verifier(self._setup.model, commands)
        return self._verifiers[grammar]

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
    verifier: PhoneVerifier | None = None,
) -> list[Heard]:
    """Listen as a live session does while the coach talks."""
    listener = Listener(recognizer, vocabulary, canceller, detector=SileroDetector(), verifier=verifier)
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
