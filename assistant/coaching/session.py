"""The whole state of one session, and the verbs that everything else is made of.

`Session` holds the parts: the line of speech, the position in the plan, what is prescribed, the queue of
questions, the timers, and plain records of what the course, the safety commands and the replies have to
remember. Each part is written by one module. The verbs enter a phase, fall silent, ask, wait and reply.

Time is always an argument, in seconds on the sample clock. What is due later is a function of the session
and of the moment it was due, kept in `Timers`; entering a phase forgets all of it. A deadline is handled with
the moment it was due, not the moment it was noticed, so that the tempo does not drift.

Where a verb leads on to a module above this one, it goes through `Later`, which the coach fills in once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from functools import partial
from typing import TypeAlias

from assistant.coaching import history as past
from assistant.coaching.actions import Ask, Enter, Listen, Mark
from assistant.coaching.checkpoint import Checkpoint
from assistant.coaching.complaint import NOTHING_SAID, Complaint, RatedPain
from assistant.coaching.events import Heard, Trouble
from assistant.coaching.history import History
from assistant.coaching.load import Step
from assistant.coaching.phases import CONTEXT_OF_PHASE, IN_REPETITIONS, MOVING, Context, Phases
from assistant.coaching.plan import Cue, Exercise, Plan, WorkSet
from assistant.coaching.position import Position
from assistant.coaching.prescription import Prescription
from assistant.coaching.questions import QUESTIONS, Occasion, QuestionName, Questions, seconds_until_put
from assistant.coaching.reasons import Reason
from assistant.coaching.script import Line, Script
from assistant.coaching.speech import RELEASE_DELAY_SECONDS, Speech

ANSWER_SECONDS = 8.0
"""How long a question waits before it is asked again, and then before it counts as unanswered. Chosen."""

STOPPED_ASKED_AT = (15.0, 60.0)
"""Seconds of silence after which a person who stopped is asked to carry on. Chosen."""

PAUSED_ASKED_AT = (60.0,)
"""Seconds of silence after which a person who paused is asked to carry on. Chosen."""

SETUP_ASKED_AT = (20.0, 60.0)
"""Seconds of silence after which a person who is getting into position is asked. Chosen."""

UNNAMED_FLAG = "unnamed"
"""A red flag of which it is not known what it is, as by its key."""

SILENCE_ENDS_AT = 180.0
"""Seconds of silence after which the session ends and is saved. Chosen."""

Refusal: TypeAlias = str | None
"""Why a command was not acted on, or None when it was."""

Then: TypeAlias = "Callable[[Session, float], object]"
"""What happens at a moment, given in seconds."""

Handler: TypeAlias = "Callable[[Session, Heard, float], Refusal]"
"""What is done about a command that was heard at a moment."""

Undo: TypeAlias = "Callable[[Session, float], Refusal]"
"""Takes the last command back."""


@dataclass(frozen=True, slots=True)
class Later:
    """Where the verbs lead to modules above them: the only calls upwards."""

    go_on: Then
    """To what comes next: the closing, the opening, the next set or this one."""
    unanswered: Then
    """What follows when a question was not answered."""
    fell_silent: Then
    """What follows when the person has said nothing for a long time."""


@dataclass(slots=True)
class Timers:
    """What is due of itself, and since when the person is waited for."""

    _due: list[tuple[float, Then]] = field(default_factory=list["tuple[float, Then]"])
    _waiting_since: float | None = None

    def next_deadline(self) -> float | None:
        """Return the seconds at which something is due, or None."""
        return min((at for at, _ in self._due), default=None)

    def after(self, at: float, then: Then) -> None:
        """Let something happen at a moment."""
        self._due.append((at, then))

    def pop(self, now: float) -> tuple[float, Then] | None:
        """Take out what is due first, if it is due by now; of two at one moment, what was put in first."""
        first = min(self._due, key=lambda due: due[0], default=None)
        if first is None or first[0] > now:
            return None
        self._due.remove(first)
        return first

    def clear(self) -> None:
        """Forget everything that is due."""
        self._due.clear()
        self._waiting_since = None

    def wait_since(self, since: float) -> None:
        """Count silence from a moment on."""
        self._waiting_since = since

    def begin_anew(self, now: float) -> None:
        """Let the silence that is waited through begin anew: the person spoke."""
        if self._waiting_since is not None and now > self._waiting_since:
            delay = now - self._waiting_since
            self._waiting_since = now
            self._due = [(at + delay, then) for at, then in self._due]


@dataclass(slots=True)
class Course:
    """Where in the course of a set the session is, and what the person has been told; for course.py."""

    opened: bool = False
    """Whether the opening is over and the first set has been set up."""
    in_position_for: str | None = None
    """The exercise that the body is in position for."""
    steps: list[str] = field(default_factory=list[str])
    """Phases of the repetition that are still to come."""
    turns_at: float = 0.0
    """Seconds at which the phase of a repetition ends."""
    under_way: bool = False
    """Whether a repetition has begun and is not over."""
    warned_last: bool = False
    """Whether "last one" has been said."""
    rest_until: float = 0.0
    """Seconds at which the rest ends."""
    asked_from_pause: bool = False
    """Whether the question that is asked came into a pause, and not into a rest."""
    heard_setup: set[str] = field(default_factory=set[str])
    """Exercises whose long way into position has been heard."""
    heard_imprint: set[str] = field(default_factory=set[str])
    """Exercises in which the long imprint has been heard."""
    long_form_of: str | None = None
    """The exercise whose long form is being said."""
    range_told: tuple[str, int] | None = None
    """The exercise and range step that were told last."""
    side_named: str | None = None
    """The side that the set-up named."""
    side_worked: tuple[int, str] | None = None
    """The set and side that worked last."""
    noted: set[int] = field(default_factory=set[int])
    """Sets whose note has been said."""
    told_as_good: bool = False
    """Whether it has been said that the easier exercise is as good."""
    unready_line: Line = Line.STILL_SETTING_UP
    """What is said when "ready" does not come."""
    told_no_sound: bool = False
    """Whether it has been said, before a movement, that no sound comes from the microphone."""
    switch_after: tuple[int, int] | None = None
    """The set and side in which the sides change after this repetition."""
    other_side_first: bool = False
    """Whether the next set begins with its other side."""
    more_rest_after: int | None = None
    """The set after which "more rest" was granted."""


@dataclass(slots=True)
class Opening:
    """Where in the tutorial the opening is; for opening.py."""

    lessons: list[Line] = field(default_factory=list[Line])
    """Those still to come, with the one that is being said."""
    lesson: Line | None = None
    soreness: int | None = None
    """As it was rated today; None where it was not answered."""


@dataclass(slots=True)
class Closing:
    """What the end of the session is made of; for closing.py."""

    ended: str | None = None
    """How the session ended, once its closing has begun."""
    soreness: int | None = None
    """As rated after the last set."""
    calls_until: float | None = None
    """Seconds until which the emergency words are said again and again; None where they are not."""
    call_heard_at: float = 0.0
    """Seconds at which they will have been heard once: who answers has heard them."""


@dataclass(slots=True)
class Body:
    """What the person has said about their body; for commands/safety.py."""

    needs_ready: bool = False
    """Whether nothing may move before the person says ready: after stop, pain, a red flag or help."""
    complaint: Complaint = NOTHING_SAID
    """What hurts, as it was said last."""
    flag: str = UNNAMED_FLAG
    """The red flag that was named last."""
    why: str = "pain"
    """Where it is sore and how much, for the record."""
    back_before: bool = False
    """Whether the back has been sore in this session."""
    ended_lifts: bool = False
    """Whether pain ended the leg lifts."""
    watched: RatedPain | None = None
    """Pain for which something was made easier: it is asked about in each rest until it is gone."""
    asked_after: int | None = None
    """The set after which that was asked last."""
    cramps: int = 0
    """How often a cramp was waited for."""
    painful: set[str] = field(default_factory=set[str])
    """Places that hurt today, or did the last time."""


@dataclass(slots=True)
class Manners:
    """How the person likes to be talked to, and what was talked about; for the other commands."""

    talkative: bool = True
    """Whether breath cues are spoken; written by commands/voice.py, as `volume_db`."""
    volume_db: float = 0.0
    topic: tuple[Reason, float] | None = None
    """What "why" is about, and since when; written by commands/replies.py, as `asked_why`."""
    asked_why: tuple[Reason | None, int] = (None, 0)
    harder_in_set: int | None = None
    """The set in which "harder" was asked for; written by commands/requests.py."""
    faults: Counter[str] = field(default_factory=Counter[str])
    """How often each fault was felt; written by commands/faults.py."""
    troubles: set[Trouble] = field(default_factory=set[Trouble])
    """Those that last; written by commands/devices.py."""
    sorry_in_set: int | None = None
    """The set in which the coach said that it did not understand; written by commands/replies.py."""
    pleaded_at: float | None = None
    """Seconds at which the person last said something, while moving, that may be a plea; as `plea_in_set`.
    None where commands/safety.py has stopped since."""
    plea_in_set: int | None = None
    """The set in which it was, or will be, asked whether such a thing was pain."""


@dataclass(eq=False)
class Session:
    """One session: its state in parts, and the verbs on it.

    Args:
        plan: What to do.
        script: The voice's wording, with the time that each cue takes.
        history: What is remembered of earlier sessions.
        lie_down_seconds: How long the person has after the greeting to get to the mat.
        later: Where the verbs lead to modules above them.
        breath_seconds: Length of the breath that is played before the greeting; 0 plays none.
    """

    plan: InitVar[Plan]
    script: Script = field(repr=False)
    history: History
    lie_down_seconds: float
    later: Later = field(repr=False)
    breath_seconds: float = 0.0
    phases: Phases = field(default_factory=Phases)
    timers: Timers = field(default_factory=Timers)
    questions: Questions = field(default_factory=Questions)
    course: Course = field(default_factory=Course)
    opening: Opening = field(default_factory=Opening)
    closing: Closing = field(default_factory=Closing)
    body: Body = field(default_factory=Body)
    manners: Manners = field(default_factory=Manners)
    speech: Speech = field(init=False)
    position: Position = field(init=False)
    prescription: Prescription = field(init=False)
    way_out: str = field(init=False)
    """Names the release of what the body is in, or was told to get into."""
    undo: Undo | None = None
    """Takes the last command back, where that is possible."""
    over_at: float | None = None
    """Seconds at which the last word of the session will have been said."""
    entered_at: float = 0.0
    """Seconds at which the phase began."""
    _body_in: Exercise | None = field(default=None, repr=False)
    """What the body is in; another load may be in force already."""
    _context: Context | None = None
    _checkpoint: Checkpoint | None = None
    """The one that was recorded last."""
    _marked: tuple[object, ...] | None = field(default=None, repr=False)
    """What it was made of; None before the first."""

    def __post_init__(self, plan: Plan) -> None:
        self.speech = Speech(self.script)
        self.position = Position(plan)
        self.prescription = Prescription(self.position, self.speech.act, self.history.equipment)
        self.way_out = self.position.load.exercise.cues["release"]

    @property
    def moving(self) -> bool:
        """Whether the body works or is about to."""
        return self.phases.phase in MOVING

    # -- time

    def advance(self, now: float) -> None:
        """Let everything happen that is due by now."""
        while (due := self.timers.pop(now)) is not None:
            at, then = due
            then(self, at)

    # -- phases

    def enter(self, trigger: str, at: float, context: Context | None = None) -> None:
        """Go to another phase: what was due is forgotten, and what is listened for changes.

        Args:
            trigger: As in the table of phases.
            at: Seconds.
            context: What is listened for, where the phase alone does not say it.
        """
        self.timers.clear()
        self.phases.move(trigger)
        self.entered_at = at
        phase, exercise = self.phases.phase, self.position.load.exercise
        if phase != "asking" and self.questions.asked is not None:
            self.questions.put_by()
        if phase == "setup" or phase in MOVING:
            self._body_in = exercise
        self.way_out = (self._body_in or exercise).cues["release"]
        repetition = self.position.repetition if phase in IN_REPETITIONS else 0
        self.show(at, repetition, context or CONTEXT_OF_PHASE.get(phase, Context.MOVING))

    def show(self, at: float, repetition: int, context: Context) -> None:
        """Record where the session stands and its phase, and listen for the commands of a context.

        Args:
            at: Seconds.
            repetition: The one in progress, or 0.
            context: What is listened for.
        """
        position, load, prescription = self.position, self.position.load, self.prescription
        state = (prescription.next_step, prescription.gentle, position.snapshot())
        if self._marked not in (None, state):
            # A repetition is over before the phase that shows it.
            self.mark(at)
        is_harder = prescription.harder_step is not None
        following = prescription.after if is_harder else position.next_load
        self.speech.act(
            Enter(
                phase=self.phases.phase,
                exercise=load.exercise.name,
                set=position.set,
                repetition=repetition,
                side=position.side,
                at=at,
                title=load.exercise.title,
                repetitions=position.repetitions,
                sets=position.sets,
                following="" if following is None else following.exercise.title,
                part=position.part,
                range_step=load.range_step,
                tempo=str(load.tempo),
                sets_done=position.sets_done,
                repetitions_done=position.repetitions_done,
            )
        )
        self.listen(context)

    def listen(self, context: Context) -> None:
        """Listen for the commands of a context from now on."""
        if context is not self._context:
            self._context = context
            self.speech.act(Listen(context))

    def mark(self, at: float) -> None:
        """Record where the session would have to go on, where that has changed."""
        next_step, gentle = self.prescription.next_step, self.prescription.gentle
        state = (next_step, gentle, self.position.snapshot())
        if state == self._marked:
            return
        self._marked = state
        here = self.position.checkpoint(next_step, gentle)
        if here != self._checkpoint:
            self._checkpoint = here
            self.speech.act(Mark(here, at))

    def can_undo(self, undo: Undo | None) -> None:
        """Let the last command be taken back, or not."""
        # A new object each time: a wish that is made twice is told from one that changed nothing.
        self.undo = None if undo is None else partial(undo)

    # -- silence and release

    def halt(self, trigger: str, now: float) -> None:
        """Silence first, then the phase, then the release and nothing else that moves."""
        self.speech.silence(now)
        self.enter(trigger, now)
        self.speech.release(self.way_out, now + RELEASE_DELAY_SECONDS)
        self.speech.replies.clear()

    def hush(self, now: float) -> None:
        """Fall silent; a release that has not been heard to its end is said again."""
        self.speech.silence(now)
        self.questions.cut_off(now)
        if self.speech.is_releasing(now):
            self.speech.release(self.way_out, now + RELEASE_DELAY_SECONDS)

    # -- waiting

    def pause(self, line: str, now: float) -> None:
        """Put the body down and wait for "carry on"."""
        self.halt("pause", now)
        self.wait_paused(self.speech.say(line, now))

    def wait_paused(self, since: float) -> None:
        """Wait for "carry on" in a pause."""
        self.wait("carry_on", Line.STILL_PAUSED, PAUSED_ASKED_AT, since)

    def wait_stopped(self, since: float) -> None:
        """Wait for "carry on" after a stop."""
        self.wait("carry_on", Line.STILL_STOPPED, STOPPED_ASKED_AT, since)

    def wait(self, question: str, line: Line, asked_at: tuple[float, ...], since: float) -> None:
        """Wait for a word; ask again after some seconds of silence, and end after long ones.

        Args:
            question: What is waited for, for the record.
            line: Asks again.
            asked_at: Seconds of silence after which it is asked again.
            since: Seconds from which silence counts.
        """

        def ask_again(session: Session, at: float) -> None:
            session.speech.act(Ask(question, session.speech.say(line, at)))

        self.timers.wait_since(since)
        for seconds in asked_at:
            self.timers.after(since + seconds, ask_again)
        self.timers.after(since + SILENCE_ENDS_AT, self.later.fell_silent)
        self.speech.act(Ask(question, since))

    # -- asking

    def ask(self, name: QuestionName, now: float, repeated: bool = False, line: Line | None = None) -> None:
        """Ask something; nothing else goes on until it is answered, or has been left unanswered.

        Args:
            name: The question.
            now: Seconds.
            repeated: Whether it is asked a second time.
            line: What is said in place of its own line.
        """
        question = QUESTIONS[name]
        if line is None:
            self._lead_in(name, now)
        self.enter("ask", now, question.context)
        number = 0 if (doubted := self.questions.doubted) is None else doubted[1]
        watched = self.body.watched.complaint if self.body.watched is not None else self.body.complaint
        cue = self.script.cue(
            line or question.line,
            n=number,
            flag=self.script.flag(self.body.flag),
            place=self.script.your_place(watched.where, watched.side),
        )
        seconds, over = self.script.seconds_of(cue), self.speech.talk(cue, now)
        self.questions.ask(name, repeated, now, over - seconds + seconds_until_put(cue.text, seconds))
        if name is QuestionName.READY:
            self.wait(name, question.line, SETUP_ASKED_AT, over)
        else:
            self.speech.act(Ask(name, over))
            self.timers.after(over + ANSWER_SECONDS, self.later.unanswered)

    def _lead_in(self, name: QuestionName, now: float) -> None:
        """Say what a question is about, where that differs from one time to the next."""
        complaint = self.body.complaint
        if name is QuestionName.EQUIPMENT and (wanted := self.prescription.wanted()):
            self.speech.say(f"needs_{wanted[1]}", now)
        elif name is QuestionName.PAIN_NOW:
            self._name_pain(now)
        elif name is QuestionName.HOW_SORE and complaint.where is not None:
            self.speech.talk(self.script.sore_place(complaint.where, complaint.side), now)

    def _name_pain(self, now: float) -> None:
        """Say what hurt the last time, and how much."""
        if (last := past.pain_to_name(self.history)) is not None:
            self.speech.talk(self.script.last_pain(last), now)

    def ask_body(self, name: QuestionName, now: float) -> None:
        """Ask something about the body, which stays open until it is answered, whatever comes between."""
        self.questions.open_body(name)
        self.ask(name, now)

    def ask_same(self, now: float) -> None:
        """Ask the question that is being asked once more, if there is one."""
        if (name := self.questions.asked) is not None:
            self.ask(name, now, self.questions.is_repeated)

    def ask_in_rest(self, name: QuestionName, now: float) -> None:
        """Ask something in the next rest, or now where nothing moves and nothing else is open."""
        self.questions.add(Occasion.REST, name)
        if self.phases.phase in ("rest", "paused") and self.questions.body is None:
            self.ask_next(now)
        else:
            self.reply(Line.ASK_LATER, now)

    def ask_next(self, at: float) -> None:
        """Ask what comes first of what was left for a rest."""
        name = self.questions.first(Occasion.REST)
        if isinstance(name, QuestionName):
            self.course.asked_from_pause = self.phases.phase == "paused"
            self.ask(name, at)

    # -- replies

    def reply(self, line: Line, now: float, **filled: str | int) -> None:
        """Say something short: now, or while moving in the next slot that it fits into."""
        self.reply_with(lambda: self.script.cue(line, **filled), now)

    def reply_with(self, cue: Callable[[], Cue], now: float) -> None:
        """Say a cue, worded when it is said: now, or while moving in the next slot that it fits into."""
        if self.moving:
            self.speech.reply_later(cue)
        else:
            self.speech.talk(cue(), now)

    def not_now(self, now: float) -> Refusal:
        """Refuse what can't be done in this phase."""
        self.reply(Line.NOT_NOW, now)
        return f"not while {self.phases.phase}"

    # -- what is prescribed

    def withdraw_harder(self, why: str) -> None:
        """Take back a harder step that was promised for the next set, and what was to be asked for it."""
        self.prescription.withdraw(why)
        self.questions.drop(QuestionName.EQUIPMENT)

    def ease(self, step: Step | None, why: str) -> None:
        """Put an easier load in force at once, and promise nothing harder."""
        self.withdraw_harder(why)
        if step is not None:
            self.prescription.ease(step, why)

    @property
    def gentle_sets(self) -> tuple[WorkSet, ...]:
        """The gentle sets that suit what hurts; none where only the cool-down would be left."""
        plan = self.position.plan
        fit = tuple(
            work for work in plan.side_branch if not self.body.painful & plan.exercises[work.exercise].not_for
        )
        return fit if any(work.part == "work" for work in fit) else ()

    def go_gently(self, why: str) -> None:
        """Do gentle sets instead of the leg lifts that are left."""
        self.withdraw_harder(why)
        self.prescription.go_gently(why, self.course.opened, self.gentle_sets)
