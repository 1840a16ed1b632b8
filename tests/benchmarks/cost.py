"""What hearing costs: the share of a core that it takes, the model's size, the time until it is ready."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant.coaching.phases import CONTEXT_OF_PHASE
from assistant.hearing.echo.canceller import Cancelled, Canceller
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder, find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.library.session import load_voice
from assistant.places import cache_folder, shipped
from assistant.programme.commands import CONTEXTS, CommandSet
from assistant.programme.voice import VoicePack
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, power_db
from assistant.speaking.rendering import Pyttsx3Renderer, Renderer, Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.ears import hear_talk
from tests.benchmarks.hearing.held_out import held_out_voices
from tests.benchmarks.hearing.talk import Near, Talk, make_talk
from tests.benchmarks.report import figures_table

SESSION_SECONDS = 120.0
SPEECH_SHARE = 0.1
"""How much of it the person talks."""

EVERYTHING = (*CONTEXTS, None)
"""Every context, and all phrases at once."""

_ECHO_DB, _NO_ECHO_DB = 0.0, -120.0
_CONTEXT = "moving"
_SOMEBODY_DB = -50.0
_TEXTS = ("how many left", "slower please", "pause", "my hip is clicking", "what can i say")


@dataclass(frozen=True, slots=True)
class Cost:
    """One figure."""

    measure: str
    value: float
    unit: str


def measure_cost(model: Path | None = None) -> list[Cost]:
    """Measure what hearing costs on this computer.

    Args:
        model: Folder of another Vosk model than the shipped one.

    Raises:
        InputError: the model can't be used.
    """
    folder = find_model(model)
    pack = load_voice(str(shipped("voices") / "en"))
    cache = cache_folder() / "graphs"
    # The first time fills the cache and brings the files into memory.
    _load(folder, pack.commands, cache, EVERYTHING)
    began = time.perf_counter()
    _load(folder, pack.commands, cache, [CONTEXT_OF_PHASE["greeting"]])
    first = time.perf_counter() - began
    began = time.perf_counter()
    recognizer = _load(folder, pack.commands, cache, EVERYTHING)
    ready = time.perf_counter() - began
    vocabulary = Matcher(pack.commands)
    with Pyttsx3Renderer() as renderer:
        over_coach = session_like(pack, renderer, SESSION_SECONDS, _ECHO_DB)
        alone = session_like(pack, renderer, SESSION_SECONDS, _NO_ECHO_DB)

    def hear(talk: Talk, canceller: Canceller) -> None:
        hear_talk(talk, recognizer, vocabulary, canceller, _CONTEXT)

    works: dict[str, Callable[[], None]] = {
        "echo canceller": lambda: _cancel(over_coach),
        "recognizer, gate and level": lambda: hear(alone, NoEcho()),
        "both, the coach talking": lambda: hear(over_coach, DelayTrackingCanceller()),
    }
    length = over_coach.far.size / SAMPLE_RATE
    return [
        *(
            Cost(measure, round(core_share(work, length), 2), "% of a core")
            for measure, work in works.items()
        ),
        Cost("model folder", round(folder_bytes(folder.path) / 1e6, 2), "MB"),
        Cost("loading what a session begins with, warm cache", round(first, 3), "s"),
        Cost("loading all contexts, warm cache", round(ready, 3), "s"),
    ]


def cost_table(costs: Sequence[Cost]) -> Table:
    """Make a table of what was measured, for people."""
    rows = [(cost.measure, f"{cost.value:g}", cost.unit) for cost in costs]
    return figures_table("What hearing costs", ("measure", "value", "unit"), rows)


def session_like(pack: VoicePack, renderer: Renderer, seconds: float, echo_db: float) -> Talk:
    """Make sound as in a session: the coach talks, and the person some of the time over it.

    Args:
        pack: What the coach says.
        renderer: Speaks for both.
        seconds: How long.
        echo_db: Level of the coach in the microphone, relative to the person.
    """

    def speak(text: str, voice: Voice) -> Samples:
        return shape(renderer.render(text, voice))

    voices = held_out_voices(chance_of("cost"))
    near: list[Near] = []
    while sum(one.samples.size for one in near) < SPEECH_SHARE * seconds * SAMPLE_RATE:
        text = _TEXTS[len(near) % len(_TEXTS)]
        near.append(Near(text, speak(text, next(voices))))
    return make_talk(pack, speak, near, seconds, echo_db, chance_of("cost"))


def core_share(work: Callable[[], None], seconds: float) -> float:
    """Return how much of one core a piece of work takes that lasts so many seconds in life, in percent."""
    began = time.process_time()
    work()
    return 100 * (time.process_time() - began) / seconds


def folder_bytes(folder: Path) -> int:
    """Return the size of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class NoEcho:
    """A canceller for sound without an echo, which costs nothing."""

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone as it is."""
        return Cancelled(mic, power_db(mic) > _SOMEBODY_DB)


def _load(
    model: ModelFolder, commands: CommandSet, cache: Path, contexts: Sequence[str | None]
) -> VoskRecognizer:
    recognizer = VoskRecognizer(model, commands, cache)
    recognizer.prepare(contexts)
    return recognizer


def _cancel(talk: Talk) -> None:
    canceller = DelayTrackingCanceller()
    for at in range(0, talk.far.size, BLOCK):
        canceller.process(talk.mic[at : at + BLOCK], talk.far[at : at + BLOCK])
