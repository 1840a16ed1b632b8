"""How much the coach talks from one session to the next: seconds of speech for each minute of work.

Run by hand: `.venv/bin/python tests/benchmarks/talk.py [--transcript ROUTINE NUMBER]`; prints a table in
Markdown, or one session line by line.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.coaching.actions import Action, Ask, Count, Enter, Note, Release, Say
from assistant.coaching.coach import Coach
from assistant.coaching.events import Heard, Started
from assistant.coaching.history import History, PastSession
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Cue, Part, Plan
from assistant.coaching.script import Script
from assistant.library.session import load_session, load_voice
from assistant.places import cache_folder
from assistant.session.coach_voice import CoachVoice
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Pyttsx3Renderer

ROUTINES = ("first-week", "quick-five", "leg-lifts", "gentle-back", "hover-challenge")

LIE_DOWN_SECONDS = 10.0

DAYS_BETWEEN = 2

ANSWERS: Mapping[str, Heard] = {
    "ready": Heard("ready"),
    "progress": Heard("no"),
    "yesterday": Heard("number", {"number": 0}),
    "effort": Heard("number", {"number": 5}),
    "reserve": Heard("number", {"number": 3}),
    "soreness": Heard("number", {"number": 0}),
    **dict.fromkeys(("screen_heart", "screen_body", "screen_nerves", "screen_back"), Heard("no")),
}
"""What an easy athlete says to what is asked, and nothing else."""

ANSWER_SECONDS = 1.5
"""From the end of a question to where its answer has been heard."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing that the coach said."""

    cue: Cue
    start: float
    """Seconds into the session, as is its end."""
    end: float
    phase: str
    part: Part
    repetition: int


@dataclass(frozen=True, slots=True)
class Led:
    """A whole session with an easy athlete."""

    actions: tuple[Action, ...]
    spoken: tuple[Spoken, ...]
    seconds: float
    work_seconds: float
    """Of all phases in which the body works or is about to."""

    def speech(self, *phases: str) -> float:
        """Return the seconds of speech, in some phases or all of them."""
        return sum(s.end - s.start for s in self.spoken if not phases or s.phase in phases)

    @property
    def speech_per_minute(self) -> float:
        """Seconds of speech for each minute of work."""
        return self.speech() / (self.work_seconds / 60)


def lead(plan: Plan, script: Script, history: History) -> Led:
    """Lead an easy athlete through a session on fake time.

    Args:
        plan: What is coached.
        script: The voice's wording, with the time that each cue takes.
        history: What is remembered of earlier sessions.
    """
    coach = Coach(plan, script, LIE_DOWN_SECONDS, history)
    actions = list(coach.handle(Started(), 0.0))
    answer: tuple[float, Heard] | None = None
    seen = 0
    while coach.over_at is None:
        for action in actions[seen:]:
            if isinstance(action, Enter):
                answer = None
            elif isinstance(action, Ask) and action.question in ANSWERS:
                answer = action.due + ANSWER_SECONDS, ANSWERS[action.question]
        seen = len(actions)
        due = coach.next_deadline()
        if answer is not None and (due is None or answer[0] < due):
            (now, heard), answer = answer, None
            actions += coach.handle(replace(heard, start=now, end=now), now)
        else:
            assert due is not None
            actions += coach.advance(due)
    return Led(tuple(actions), tuple(_spoken(actions, script)), coach.over_at, _work_seconds(actions))


def _spoken(actions: Sequence[Action], script: Script) -> Iterator[Spoken]:
    entered = next(action for action in actions if isinstance(action, Enter))
    for action in actions:
        if isinstance(action, Enter):
            entered = action
        elif isinstance(action, Say | Count | Release):
            end = action.due + script.seconds_of(action.cue)
            yield Spoken(action.cue, action.due, end, entered.phase, entered.part, entered.repetition)


def _work_seconds(actions: Sequence[Action]) -> float:
    entered = [action for action in actions if isinstance(action, Enter)]
    pairs = itertools.pairwise(entered)
    return sum(after.at - before.at for before, after in pairs if before.phase in MOVING)


def remember(history: History, led: Led, level: int) -> History:
    """Return what the session after this one knows, some days later."""
    notes = [action for action in led.actions if isinstance(action, Note)]
    told = {note.what: note.value for note in notes}
    older = tuple(replace(past, days_ago=past.days_ago + DAYS_BETWEEN) for past in history.sessions)
    screened = 0 if "screening" in told else history.screened_days_ago
    return replace(
        history,
        sessions=(*older, PastSession(DAYS_BETWEEN, level, "completed", soreness=0)),
        tutorial_done=history.tutorial_done or "tutorial" in told,
        screened_days_ago=None if screened is None else screened + DAYS_BETWEEN,
        explained=history.explained | {str(note.value) for note in notes if note.what == "explained"},
    )


def sessions(plan: Plan, script: Script, count: int = 3) -> list[Led]:
    """Lead somebody new through the same routine some times."""
    history, led = History(), list[Led]()
    for _ in range(count):
        led.append(lead(plan, script, history))
        history = remember(history, led[-1], plan.level)
    return led


@contextmanager
def _spoken_script() -> Generator[Script]:
    """Return the shipped voice with the lengths that its cues really have."""
    pack = load_voice("en")
    with Pyttsx3Renderer() as renderer:
        voice = CoachVoice(pack, ClipStore(renderer, cache_folder() / "clips"))
        yield Script(pack.cues, pack.numbers, voice.seconds_of)


def table(script: Script) -> str:
    """Draw the first three sessions of every routine as a table."""
    lines = [
        "| routine | session | minutes | of work | speech, s | before the first set | getting into position "
        "| in movement | at rest | at the end | speech for a minute of work |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in ROUTINES:
        plan = load_session(name).plan
        for number, led in enumerate(sessions(plan, script), 1):
            figures = (
                f"{led.seconds / 60:.1f}",
                f"{led.work_seconds / 60:.1f}",
                f"{led.speech():.0f}",
                f"{led.speech('greeting') + _asked_before(led):.0f}",
                f"{led.speech('setup'):.0f}",
                f"{led.speech(*MOVING):.0f}",
                f"{led.speech('rest'):.0f}",
                f"{led.speech('asking', 'finished') - _asked_before(led):.0f}",
                f"{led.speech_per_minute:.1f} s",
            )
            lines.append(f"| {name} | {number} | {' | '.join(figures)} |")
    return "\n".join(lines)


def _asked_before(led: Led) -> float:
    first = next(spoken.start for spoken in led.spoken if spoken.phase == "setup")
    return sum(s.end - s.start for s in led.spoken if s.phase == "asking" and s.start < first)


def transcript(led: Led) -> str:
    """Write everything that is said, a line each, with its second and its phase."""
    before = ""
    lines: list[str] = []
    for spoken in led.spoken:
        phase = f"{spoken.phase} {spoken.repetition or ''}".strip()
        lines.append(f"{spoken.start:7.1f}  {phase if phase != before else '':12} {spoken.cue.text}")
        before = phase
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the table, or a session's transcript."""
    with _spoken_script() as script:
        if arguments:
            _, routine, number = arguments
            led = sessions(load_session(routine).plan, script, int(number))[-1]
            print(transcript(led))  # noqa: T201
        else:
            print(table(script))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
