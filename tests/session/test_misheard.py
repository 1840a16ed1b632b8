"""What was misheard is noticed, and its sound is handed on."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.coaching.events import Heard, Interrupted, NotUnderstood
from assistant.hearing.rejection import Reason, Refused
from assistant.session.misheard import Excerpt, Misheard, Occasion, SoundRing
from assistant.sound import BLOCK, SAMPLE_RATE
from tests.session.halving import Halving


class Ear:
    """Somebody in a session, who is told what was heard and keeps what is handed on."""

    def __init__(self) -> None:
        self.kept: list[Excerpt] = []
        self.misheard = Misheard(Halving(), self.kept.append)
        self.now = 0.0

    def wait(self, until: float) -> None:
        """Let sound come in until a second."""
        block = np.full(BLOCK, 0.5, np.float32)
        while self.now < until:
            self.misheard.process(block, block)
            self.now += BLOCK / SAMPLE_RATE

    def take(self, command: str, start: float, **more: object) -> None:
        """Take a command that lasted half a second, when it is over."""
        self.wait(start + 0.5)
        self.misheard.see(_heard(command, start, **more), "moving")

    def refuse(self, command: str, start: float, **slots: str | int) -> None:
        """Refuse a command that lasted half a second, when it is over."""
        self.wait(start + 0.5)
        self.misheard.see(Refused(_heard(command, start, slots=slots), Reason.UNSURE), "moving")


def _heard(command: str, start: float, **more: object) -> Heard:
    return Heard(command, text=command, start=start, end=start + 0.5, confidence=0.8, **more)  # type: ignore[arg-type]


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_the_ring_holds_the_last_seconds_in_order() -> None:
    """Also before it is full, and when a block goes over its end."""
    ring, sound = SoundRing(0.1), np.arange(5000, dtype=np.float32)
    ring.add(sound[:1000], -sound[:1000])
    assert (ring.start, ring.now) == (0.0, 1000 / SAMPLE_RATE)
    assert np.array_equal(ring.cut()[:, 0], sound[:1000])
    for first in range(1000, 5000, 500):
        ring.add(sound[first : first + 500], -sound[first : first + 500])
    assert (ring.start, ring.now) == (3400 / SAMPLE_RATE, 5000 / SAMPLE_RATE)
    assert np.array_equal(ring.cut()[:, 0], sound[3400:])
    assert np.array_equal(ring.cut()[:, 1], -sound[3400:])


def test_what_is_handed_on_stays_as_it_is() -> None:
    """It is written by another thread, while sound comes in."""
    ring = SoundRing(0.1)
    for value in (1.0, 2.0):
        ring.add(np.full(1600, value, np.float32), np.full(1600, value, np.float32))
        cut = ring.cut()
        ring.add(np.zeros(1600, np.float32), np.zeros(1600, np.float32))
        assert cut.min() == value


def test_a_word_that_is_taken_back_is_handed_on(ear: Ear) -> None:
    """The last one that was taken, with all that was heard, and the sound behind the canceller."""
    ear.take("louder", 14.0)
    ear.take("easier", 16.0)
    ear.misheard.see(NotUnderstood(17.0, 17.5), "moving")
    ear.take("i_didnt_say_that", 20.0)
    ear.wait(21.0)
    (kept,) = ear.kept
    assert kept.occasion is Occasion.TAKEN_BACK
    assert [words.command for words in kept.words] == ["louder", "easier", None, "i_didnt_say_that"]
    word = kept.words[kept.about]
    assert (word.command, word.context, word.because, word.confidence) == ("easier", "moving", None, 0.8)
    assert kept.sound.shape == (10 * SAMPLE_RATE, 2)
    assert set(kept.sound[:, 0]) == {0.5}
    assert set(kept.sound[:, 1]) == {0.25}
    # It ends where "I didn't say that" was heard, at 20.5 s: with the block after.
    assert word.start == pytest.approx(16.0 - 10.5, abs=0.04)
    assert word.end - word.start == pytest.approx(0.5)


def test_a_key_takes_back_what_was_heard_as_well(ear: Ear) -> None:
    """But what a key did has no sound."""
    ear.take("easier", 1.0)
    ear.misheard.see(Heard("i_didnt_say_that", key="backspace", start=3.0, end=3.0), "moving")
    ear.take("louder", 5.0)
    ear.misheard.see(Heard("easier", key="e", start=6.0, end=6.0), "moving")
    ear.take("i_didnt_say_that", 7.0)
    ear.wait(9.0)
    assert [kept.words[kept.about].command for kept in ear.kept] == ["easier"]


def test_a_word_is_taken_back_once(ear: Ear) -> None:
    """And without one nothing is handed on."""
    ear.take("i_didnt_say_that", 1.0)
    ear.take("easier", 2.0)
    ear.take("i_didnt_say_that", 4.0)
    ear.take("i_didnt_say_that", 6.0)
    ear.wait(9.0)
    assert len(ear.kept) == 1


@pytest.mark.parametrize(("later", "count"), [(9.2, 1), (9.7, 0)])
def test_a_word_whose_sound_is_gone_is_not_handed_on(ear: Ear, later: float, count: int) -> None:
    """Ten seconds are held."""
    ear.take("easier", 12.0)
    ear.take("i_didnt_say_that", 12.0 + later)
    ear.wait(30.0)
    assert len(ear.kept) == count


@pytest.mark.parametrize(("later", "count"), [(5.4, 1), (5.6, 0)])
def test_a_command_that_was_refused_and_is_said_again_is_handed_on(
    ear: Ear, later: float, count: int
) -> None:
    """Within five seconds of its end; half a second after it was taken, so that it is whole."""
    ear.refuse("easier", 12.0)
    ear.take("easier", 12.0 + later)
    assert ear.kept == []
    ear.wait(20.0)
    assert [(kept.occasion, kept.words[kept.about].because) for kept in ear.kept] == [
        (Occasion.SAID_TWICE, "unsure")
    ] * count
    for kept in ear.kept:
        assert [words.because for words in kept.words] == ["unsure", None]
        assert kept.words[1].end == pytest.approx(9.5, abs=0.04)


def test_the_first_of_several_refusals_is_in_question_and_only_once(ear: Ear) -> None:
    """A command that is given twice asks for two steps."""
    for start in (1.0, 2.0):
        ear.refuse("easier", start)
    for start in (3.0, 4.0):
        ear.take("easier", start)
    ear.wait(6.0)
    (kept,) = ear.kept
    assert kept.about == 0
    assert len(kept.words) == 4 - 1


def test_a_key_says_it_again_as_well(ear: Ear) -> None:
    """Whoever is not heard presses it."""
    ear.refuse("stop", 1.0)
    ear.misheard.see(Heard("stop", key="s", start=3.0, end=3.0), "moving")
    ear.wait(4.0)
    assert [(kept.about, kept.words[1].key) for kept in ear.kept] == [(0, "s")]


def test_another_command_is_not_the_same_said_again(ear: Ear) -> None:
    """Nor is another number; but pain is pain wherever it is."""
    ear.refuse("easier", 1.0)
    ear.take("harder", 2.0)
    ear.refuse("number", 3.0, number=5)
    ear.take("number", 4.0, slots={"number": 9})
    ear.wait(6.0)
    assert ear.kept == []
    ear.refuse("pain", 7.0)
    ear.take("pain", 8.0, slots={"where": "back"})
    ear.wait(9.5)
    assert len(ear.kept) == 1


def test_what_waits_is_handed_on_at_the_end(ear: Ear) -> None:
    """The sound so far; a session that lasted less than ten seconds has less of it."""
    ear.refuse("easier", 1.0)
    ear.take("easier", 3.0)
    ear.misheard.close()
    ear.misheard.close()
    (kept,) = ear.kept
    assert kept.sound.shape[0] / SAMPLE_RATE == pytest.approx(3.5, abs=0.02)


def test_what_nobody_complains_about_is_not_handed_on(ear: Ear) -> None:
    """However much is heard or refused."""
    ear.take("easier", 1.0)
    ear.refuse("stop", 2.0)
    ear.misheard.see(Interrupted(), "moving")
    ear.take("easier", 3.0)
    ear.wait(20.0)
    ear.misheard.close()
    assert ear.kept == []
