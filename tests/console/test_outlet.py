"""A slow terminal holds nobody up."""

from __future__ import annotations

import io
import os
import threading

from assistant.console.outlet import Outlet, outlet_to


def test_texts_go_out_in_order_before_it_closes() -> None:
    """All of them."""
    taken: list[str] = []
    with Outlet(taken.append, is_terminal=False) as outlet:
        for i in range(100):
            outlet.write(str(i))
    assert taken == [str(i) for i in range(100)]
    assert outlet.write("after the end") == len("after the end")
    assert len(taken) == 100


def test_writing_never_waits_for_a_reader() -> None:
    """It is behind until the reader has taken everything."""
    go_on, taken = threading.Event(), list[str]()

    def slow(text: str) -> None:
        assert go_on.wait(10)
        taken.append(text)

    outlet = Outlet(slow, is_terminal=True)
    assert not outlet.behind
    outlet.write("a")
    outlet.write("b")
    assert outlet.behind
    assert taken == []
    go_on.set()
    while outlet.behind:
        pass
    assert taken == ["a", "b"]
    outlet.close()


def test_a_reader_that_has_gone_is_not_asked_again() -> None:
    """And nobody hears of it: the session goes on without a face."""
    asked: list[str] = []

    def gone(text: str) -> None:
        asked.append(text)
        raise BrokenPipeError

    with Outlet(gone, is_terminal=False) as outlet:
        outlet.write("a")
        outlet.write("b")
    assert asked == ["a"]


def test_a_stream_with_a_descriptor_is_written_to_directly() -> None:
    """After what was written to it before; signs that it has not are replaced."""
    read, write = os.pipe()
    with os.fdopen(write, "w", encoding="ascii") as stream:
        stream.write("before ")
        with outlet_to(stream) as outlet:
            assert (outlet.encoding, outlet.isatty()) == ("ascii", False)
            outlet.write("löwer\n")
    with os.fdopen(read, "rb") as reader:
        assert reader.read() == b"before l?wer\n"


def test_a_stream_without_a_descriptor_serves_too() -> None:
    """As in a test that captures what is printed."""
    stream = io.StringIO()
    with outlet_to(stream) as outlet:
        outlet.write("a line\n")
    assert stream.getvalue() == "a line\n"
