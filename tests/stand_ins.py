"""Working stand-ins for the devices and engines, for tests and benchmarks."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from assistant.coaching.actions import Action, Enter
from assistant.coaching.coach import Coach
from assistant.coaching.events import SAFETY_COMMANDS, Event, Heard, NotUnderstood, Started
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.plan import Plan
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.script import Lengths, Script
from assistant.coaching.session import Session
from assistant.errors import InputError
from assistant.hearing.recognition.recognizer import Utterance
from assistant.programme.voice import VoicePack
from assistant.session.room import Taken
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking import espeak
from assistant.speaking.earcons import tone
from assistant.speaking.rendering import Pyttsx3Renderer, Voice

INSTEAD_OF_ANSWERS = ("vague", "unsure", "fine")
"""What may be said to a question in place of its answers."""


BREATH_SECONDS = 0.5
"""Between two things that are said one after the other."""


class ToneRenderer:
    """A renderer whose speech is a tone, the same everywhere and at once.

    A text lasts 0.06 s per character, with 30 ms of silence before it and 300 ms after it, as
    espeak-ng leaves; the voice's pitch is the tone's.

    Args:
        identity: Of the engine that it stands for.
    """

    def __init__(self, identity: str = "tones 1") -> None:
        self.identity = identity
        """What makes a cached clip stale."""
        self.calls = 0
        """How many texts were rendered."""

    def render(self, text: str, voice: Voice) -> Samples:
        """Return a text's tone.

        Raises:
            InputError: there is nothing to say.
        """
        if not text.strip():
            raise InputError("there is nothing to say", remedy="Give at least one word")
        self.calls += 1
        speech = tone(200 + 4 * voice.pitch, 0.06 * len(text), 0.5)
        return np.pad(speech, (round(0.03 * SAMPLE_RATE), round(0.3 * SAMPLE_RATE)))


class SteadyRenderer:
    """The real synthesizer, whose speech is the same every time, as a test's outcome must be.

    espeak-ng's breath and flutter go on from one utterance to the next, so that no two are alike: here each
    text is the first one of a new process, about 50 ms instead of 15 ms, and kept.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._processes = ProcessPoolExecutor(1, context, max_tasks_per_child=1)
        self._kept: dict[tuple[str, Voice], Samples] = {}

    @property
    def identity(self) -> str:
        """Names of the engines and their versions."""
        return espeak.identity()

    def render(self, text: str, voice: Voice) -> Samples:
        """Speak text into samples, silence around the words included.

        Raises:
            InputError: there is nothing to say or no such voice.
            AssistantError: the engine is missing or failed.
        """
        if (text, voice) not in self._kept:
            self._kept[text, voice] = self._processes.submit(_rendered, text, voice).result()
        return self._kept[text, voice].copy()

    def close(self) -> None:
        """End its processes."""
        self._processes.shutdown()


def _rendered(text: str, voice: Voice) -> Samples:
    with Pyttsx3Renderer() as renderer:
        return renderer.render(text, voice)


class Stage:
    """A coach on fake time, with everything that it decided.

    Args:
        plan: What is coached.
        pack: The voice; every cue takes 0.06 s per character.
        lie_down_seconds: How long the person has after the greeting.
        history: What is remembered of earlier sessions.
    """

    def __init__(
        self,
        plan: Plan,
        pack: VoicePack,
        lie_down_seconds: float = 0.0,
        history: History = EXPERIENCED,
    ) -> None:
        script = Script(pack.cues, pack.numbers, Lengths({}, 0.06).of)
        self.coach = Coach(plan, script, lie_down_seconds, history)
        self.now = 0.0
        """Seconds."""
        self.actions: list[tuple[float, Action]] = []
        """Every action with the seconds at which it was decided."""
        self._keep(self.coach.handle(Started(), 0.0))

    @property
    def session(self) -> Session:
        """The coach's state."""
        return self.coach.session

    @property
    def phase(self) -> str:
        """Where the session is."""
        return self.coach.phase

    def wait(self, seconds: float) -> list[Action]:
        """Let time pass and return what was decided meanwhile."""
        before, end = len(self.actions), self.now + seconds
        while (due := self.coach.next_deadline()) is not None and due <= end:
            self.now = due
            self._keep(self.coach.advance(due))
        self.now = end
        return [action for _, action in self.actions[before:]]

    def hear(self, command: str, confidence: float = 1.0, /, **slots: str | int) -> list[Action]:
        """Say a command now, or an answer once its question has been put; return what the coach decided."""
        self.hear_out(command)
        return self.happen(Heard(command, slots, command, self.now, self.now, confidence))

    def hear_out(self, command: str) -> None:
        """Let time pass until the question that a command answers has been put, and for another breath."""
        questions = self.session.questions
        if questions.asked is None:
            return
        if command in {*QUESTIONS[questions.asked].answers, *INSTEAD_OF_ANSWERS} - SAFETY_COMMANDS:
            self.wait(max(questions.put_at - self.now, 0.0))
            self.now = max(self.now, questions.put_at)  # To the last digit.
            if self.now <= questions.breath_until:
                self.wait(BREATH_SECONDS)

    def say_in_one_breath(self, begun: float, *commands: str | int) -> list[Action]:
        """Say answers in one utterance, a third of a second each; return what the coach decided about them.

        Args:
            begun: Seconds at which the utterance began; it is over by now.
            commands: Each by its name, a number by itself.
        """
        starts = [begun + i / 3 for i in range(len(commands))]
        self.now = max(self.now, begun + len(commands) / 3)
        heard = [_worded(command, start) for command, start in zip(commands, starts, strict=True)]
        self._keep(self.coach.advance(self.now))
        before = len(self.actions)
        for i, one in enumerate(heard):
            self.happen(replace(one, also=tuple(heard[i + 1 :])))
        return [action for _, action in self.actions[before:]]

    def mumble(self) -> list[Action]:
        """Say something now that is not understood, and return what the coach decided."""
        return self.happen(NotUnderstood(self.now - 0.5, self.now))

    def plead(self) -> list[Action]:
        """Say something now that is not understood, and may be a plea; return what the coach decided."""
        return self.happen(NotUnderstood(self.now - 0.5, self.now, plea=True))

    def happen(self, event: Event) -> list[Action]:
        """Let something happen now and return what the coach decided about it."""
        before = len(self.actions)
        self._keep(self.coach.handle(event, self.now))
        return [action for _, action in self.actions[before:]]

    def reach(self, phase: str, repetition: int | None = None, most_seconds: float = 2000.0) -> None:
        """Let time pass until a phase (and repetition) begins, saying ready when asked to.

        Raises:
            TimeoutError: the session does not come to it.
        """
        end = self.now + most_seconds
        while self.now < end:
            if self.phase == "setup" and phase != "setup":
                self.wait(max(self.session.speech.free_at - self.now, 0.0))
                self.hear("ready")
            due = self.coach.next_deadline()
            if due is None:
                break
            before = len(self.actions)
            self.wait(due - self.now)
            for _, action in self.actions[before:]:
                if not isinstance(action, Enter):
                    continue
                if action.phase == phase and repetition in (None, action.repetition):
                    return
        raise TimeoutError(f"the session never came to {phase}")

    def reach_question(self, name: str) -> None:
        """Let time pass until a question is open.

        Raises:
            TimeoutError: it is never asked.
        """
        while self.coach.question != name:
            due = self.coach.next_deadline()
            if due is None:
                raise TimeoutError(f"{name} is never asked")
            self.wait(due - self.now)

    def _keep(self, actions: list[Action]) -> None:
        self.actions += [(self.now, action) for action in actions]


def _worded(command: str | int, start: float) -> Heard:
    if isinstance(command, int):
        return Heard("number", {"number": command}, text=str(command), start=start, end=start + 0.3)
    return Heard(command, text=command, start=start, end=start + 0.3)


class SilentRoom:
    """A room in which everything is played at once and the microphone takes nothing."""

    def __init__(self) -> None:
        self.played = 0
        """Samples that have gone out."""
        self.lowered: list[bool] = []
        """Whether it was to give way, each time that it was told."""

    def give_way(self, lowered: bool) -> None:
        """Take note."""
        self.lowered.append(lowered)

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Play a block and take silence."""
        self.played += block.size
        return [Taken(np.zeros_like(block), block)]

    def hush(self) -> int:
        """Nothing waits: the fade begins where the sound is."""
        return self.played


class ScriptedRecognizer:
    """A recognizer that hears what it was told to, whatever the sound.

    Args:
        script: Utterances with the seconds of audio after which each is given, in order.
        weight: The probability of partial utterances that are weighed.
    """

    def __init__(self, script: Iterable[tuple[float, Utterance]], weight: float = 1.0) -> None:
        self.contexts: list[str | None] = []
        """Every context that was switched to, in order."""
        self._script = list(script)
        self._received = 0
        self._last: Utterance | None = None
        self._weight = weight

    def prepare(self, contexts: Iterable[str | None]) -> None:
        """Nothing needs loading."""

    def listen(self, context: str | None) -> None:
        """Note a context that differs from the last."""
        if self.contexts[-1:] != [context]:
            self.contexts.append(context)

    def accept(self, block: Samples) -> list[Utterance]:
        """Return what is due by the end of the samples."""
        self._received += block.size
        return self._give(self._received / SAMPLE_RATE)

    def end(self) -> list[Utterance]:
        """Return nothing more: what is heard depends on the time alone."""
        return []

    def weigh(self) -> Utterance | None:
        """Be as sure as it was told to be of what was given last, if that was partial."""
        if self._last is None or not self._last.partial:
            return None
        return replace(self._last, partial=False, probability=self._weight)

    def skip(self, count: int) -> None:
        """Let the time of samples pass."""
        self._received += count

    def finish(self) -> list[Utterance]:
        """Return the rest."""
        return self._give(float("inf"))

    def _give(self, until: float) -> list[Utterance]:
        due = [said for at, said in self._script if at <= until]
        self._last = due[-1] if due else self._last
        self._script = [(at, said) for at, said in self._script if at > until]
        return due


class ScriptedDetector:
    """A voice detector that is as sure of a voice as it was told to be, whatever the sound.

    Args:
        voice: How likely a voice sounds, 0 to 1, block by block; the last one goes on.
    """

    def __init__(self, *voice: float) -> None:
        self.blocks = 0
        """How many it was given."""
        self.resets = 0
        """How often it had to forget."""
        self._voice = voice

    def process(self, block: Samples) -> float:
        """Count the block."""
        self.blocks += 1
        return self._voice[min(self.blocks, len(self._voice)) - 1]

    def reset(self) -> None:
        """Count it."""
        self.resets += 1


class ScriptedVerifier:
    """A second opinion that is as it was told to be, whatever the sound.

    Args:
        opinion: How likely it is that the words were said, 0 to 1.
    """

    def __init__(self, opinion: float) -> None:
        self.asked: list[tuple[str, float]] = []
        """The words that it was asked about, and how many seconds of sound it was given."""
        self._opinion = opinion

    def verify(self, samples: Samples, words: Sequence[str]) -> float:
        """Note what was asked."""
        self.asked.append((" ".join(words), samples.size / SAMPLE_RATE))
        return self._opinion


class ScriptedKeys:
    """Keys that are pressed as a script says; by the number of looks, since a look carries no time.

    Args:
        script: Each key with how many looks come before the one that gives it.
    """

    def __init__(self, script: Iterable[tuple[int, str]]) -> None:
        self._script = list(script)
        self._looks = 0

    def read(self) -> list[str]:
        """Return the keys of this look."""
        pressed = [key for look, key in self._script if look == self._looks]
        self._looks += 1
        return pressed
