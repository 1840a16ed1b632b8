"""What there is to see after each entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Enter
from assistant.coaching.events import Heard, NotUnderstood, Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.phases import Phase
from assistant.console.view import Dropouts, View, seen
from assistant.session.records import CueSpoken, Dropout, Entry, Silenced
from tests.session.entries import command, note

Look = Callable[[Iterable[Entry]], View]


def _phase(session: list[Entry], name: Phase, at: float = 9.0) -> Entry:
    first = session[0].record
    assert isinstance(first, Enter)
    return Entry(at, replace(first, at=at, phase=name))


def _trouble(what: Trouble, over: bool = False) -> Entry:
    return Entry(8.0, TroubleEnded(what) if over else TroubleBegan(what))


def test_a_phase_tells_where_one_is(session: list[Entry], look: Look) -> None:
    """Exercise, set, side, repetition and what comes next, each with how many."""
    view = look(session)
    assert (view.phase, view.title) == ("lower", "single leg lift, leg straight")
    assert (view.set, view.sets, view.side) == (2, 6, "left")
    assert (view.repetition, view.repetitions) == (3, 10)
    assert view.following == "double leg lift, knees bent"
    assert view.seconds == 4.2


def test_the_count_is_the_last_number_of_this_lowering(session: list[Entry], look: Look) -> None:
    """The next phase and a silence clear it."""
    view = look(session)
    assert view.count == 2
    assert seen(view, _phase(session, "bottom")).count is None
    assert seen(view, Entry(5.0, Silenced(5.0))).count is None


def test_what_was_heard_has_an_outcome(session: list[Entry], look: Look) -> None:
    """Open, refused with the reason, accepted, or not understood."""
    before = look(session[:5])
    assert (before.heard, before.answered, before.reason) == ("harder please", None, "")
    after = look(session)
    assert (after.heard, after.answered, after.reason) == ("harder please", False, "once a set")
    yes = seen(after, command(5.0, "easier"))
    assert (yes.answered, yes.reason) == (True, "")
    noise = seen(yes, Entry(6.0, NotUnderstood(5.5, 6.0)))
    assert (noise.heard, noise.answered, noise.reason) == ("", None, "not understood")


def test_a_key_is_shown_like_a_word(session: list[Entry], look: Look) -> None:
    """With the command it stands for."""
    view = seen(look(session), Entry(5.0, Heard("next_set", key="n")))
    assert (view.key, view.heard, view.answered, view.reason) == ("n", "next set", None, "")
    said = seen(view, Entry(6.0, Heard("stop", text="stop")))
    assert (said.key, said.heard) == ("", "stop")


def test_the_last_cue_is_what_was_said(session: list[Entry], look: Look) -> None:
    """Counts do not replace it."""
    assert look(session).said == "Lift."


def test_a_question_is_open_from_its_cue_to_the_next_phase(session: list[Entry], look: Look) -> None:
    """Outside of asking, the same words open nothing."""
    cue = Entry(6.0, CueSpoken("ask_how_sore", "How sore is it, nought to ten?", 4.0, 4.0, 6.0))
    asking = seen(look(session), _phase(session, "asking"))
    assert asking.question is None
    asked = seen(asking, cue)
    assert asked.question == "how_sore"
    sorry = Entry(7.0, CueSpoken("sorry", "Sorry?", 6.5, 6.5, 7.0))
    assert seen(asked, sorry).question == "how_sore"
    assert seen(asked, _phase(session, "stopped")).question is None
    assert seen(look(session), cue).question is None


def test_troubles_last_until_they_are_over() -> None:
    """In the order in which they began, each once."""
    view = View()
    troubles: tuple[Trouble, ...] = ("clipping", "microphone_muted", "clipping")
    for what in troubles:
        view = seen(view, _trouble(what))
    assert view.troubles == ("microphone_muted", "clipping")
    assert seen(view, _trouble("clipping", over=True)).troubles == ("microphone_muted",)


@pytest.mark.parametrize("what", ["device_changed", "asleep", "behind"])
def test_a_passing_trouble_is_shown_until_the_session_goes_on(session: list[Entry], what: Trouble) -> None:
    """Nothing says that it is over."""
    paused = seen(seen(View(), _trouble(what)), _phase(session, "paused"))
    assert paused.troubles == (what,)
    assert seen(paused, _phase(session, "imprint")).troubles == ()
    lost = seen(seen(View(), _trouble("drowned")), _phase(session, "imprint"))
    assert lost.troubles == ("drowned",)


def test_dropouts_add_up() -> None:
    """How many, and how long in all."""
    view = View()
    for seconds in (0.016, 0.5):
        view = seen(view, Entry(1.0, Dropout("lost", seconds, 0.1)))
    assert view.dropouts == Dropouts(2, 0.516)


def test_what_shows_nothing_changes_nothing_but_the_time(session: list[Entry], look: Look) -> None:
    """What is remembered is not seen."""
    view = look(session)
    later = seen(view, note(9.0, "explained", "single-leg"))
    assert later.seconds == 9.0
    assert later.count == view.count
