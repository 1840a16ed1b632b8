"""Downloads that go on where they stopped, from servers of all kinds."""

from __future__ import annotations

import resource
import signal
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.models.download import CHUNK, PartFile, WrongFileError, download
from assistant.models.manifest import address_problem

BODY = np.random.default_rng(0).bytes(5 * CHUNK + 17)
HALF = 2 * CHUNK + 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.part"


def get(server: Any, path: Path, onlooker: Any, **options: Any) -> bytes:
    with PartFile(path) as part:
        download(server.address, part, onlooker, **options)
    return path.read_bytes()


def break_off(server: Any, path: Path, onlooker: Any) -> None:
    """Leave the first half of the file."""
    server.body, server.breaks_after = BODY, HALF
    with pytest.raises(InputError, match=f"broke off after {HALF} of {len(BODY)} bytes"):
        get(server, path, onlooker)
    server.breaks_after = None


def test_a_whole_file_comes_in_one_request(server: Any, path: Path, watching: Any) -> None:
    server.body = BODY
    onlooker = watching()
    assert get(server, path, onlooker) == BODY
    assert [request.asked_range for request in server.requests] == [None]
    assert (onlooker.begun, onlooker.bytes, onlooker.lines) == ([(0, len(BODY))], len(BODY), [])


def test_the_rest_is_asked_for_after_a_break(server: Any, path: Path, watching: Any) -> None:
    break_off(server, path, watching())
    onlooker = watching()
    assert get(server, path, onlooker) == BODY
    last = server.requests[-1]
    assert (last.asked_range, last.if_range) == (f"bytes={HALF}-", '"first"')
    assert last.sent == len(BODY) - HALF
    assert onlooker.begun == [(HALF, len(BODY))]
    assert len(server.requests) == 2


def test_a_file_that_is_whole_is_not_asked_for_again(server: Any, path: Path, watching: Any) -> None:
    server.body = BODY
    get(server, path, watching())
    assert get(server, path, watching()) == BODY
    assert len(server.requests) == 1


def test_a_server_that_ignores_ranges_is_heard_from_the_start(server: Any, path: Path, watching: Any) -> None:
    server.ranges = False
    break_off(server, path, watching())
    onlooker = watching()
    assert get(server, path, onlooker) == BODY
    assert server.requests[-1].asked_range == f"bytes={HALF}-"
    assert onlooker.begun == [(0, len(BODY))]
    assert "from the start" in onlooker.lines[0]


def test_halves_of_two_files_are_never_joined(server: Any, path: Path, watching: Any) -> None:
    break_off(server, path, watching())
    server.body, server.tag = BODY[::-1], '"second"'
    onlooker = watching()
    assert get(server, path, onlooker) == BODY[::-1]
    assert "changed" in onlooker.lines[0]


def test_a_rest_that_belongs_to_another_file_is_thrown_away(server: Any, path: Path, watching: Any) -> None:
    """A server that knows ranges but not If-Range shows the change by its ETag."""
    break_off(server, path, watching())
    server.body, server.tag, server.heeds_if_range = BODY[::-1], '"second"', False
    onlooker = watching()
    assert get(server, path, onlooker) == BODY[::-1]
    assert [request.asked_range for request in server.requests] == [None, f"bytes={HALF}-", None]
    assert "whole file" in onlooker.lines[0]


def test_a_rest_from_another_place_is_thrown_away(server: Any, path: Path, watching: Any) -> None:
    break_off(server, path, watching())
    server.part_start = HALF - 1
    onlooker = watching()
    assert get(server, path, onlooker) == BODY
    assert [request.asked_range for request in server.requests] == [None, f"bytes={HALF}-", None]
    assert "whole file" in onlooker.lines[0]


def test_more_than_the_server_has_now_is_thrown_away(server: Any, path: Path, watching: Any) -> None:
    """It answers 416 to a range behind its end."""
    break_off(server, path, watching())
    server.body = BODY[: HALF - 100]
    assert get(server, path, watching()) == BODY[: HALF - 100]


@pytest.mark.parametrize("tag", [None, 'W/"weak"'])
def test_without_a_strong_mark_of_the_file_it_begins_again(
    server: Any, path: Path, watching: Any, tag: str | None
) -> None:
    server.tag = tag
    break_off(server, path, watching())
    assert get(server, path, watching()) == BODY
    assert [request.asked_range for request in server.requests] == [None, None]


def test_another_address_begins_again(server: Any, path: Path, watching: Any) -> None:
    break_off(server, path, watching())
    server.address += "?other"
    assert get(server, path, watching()) == BODY
    assert server.requests[-1].asked_range is None


def test_a_damaged_note_begins_again(server: Any, path: Path, watching: Any) -> None:
    break_off(server, path, watching())
    path.with_name("file.part.json").write_text("{")
    assert get(server, path, watching()) == BODY
    assert server.requests[-1].asked_range is None


def test_a_file_of_unknown_length_ends_with_the_connection(server: Any, path: Path, watching: Any) -> None:
    server.body, server.tells_length = BODY, False
    onlooker = watching()
    assert get(server, path, onlooker) == BODY
    assert onlooker.begun == [(0, None)]


@pytest.mark.parametrize("tells_length", [True, False])
def test_a_file_that_is_too_large_is_refused(
    server: Any, path: Path, watching: Any, tells_length: bool
) -> None:
    server.body, server.tells_length = BODY, tells_length
    with pytest.raises(WrongFileError, match="larger than 1000 bytes"):
        get(server, path, watching(), most_bytes=1000)


@contextmanager
def room_for(size: int) -> Generator[None]:
    """Let no file grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_is_named_and_what_came_is_kept(server: Any, path: Path, watching: Any) -> None:
    server.body = BODY
    with room_for(HALF), pytest.raises(InputError, match="can't be written") as raised:
        get(server, path, watching())
    assert raised.value.file == str(path)
    assert "Make room" in raised.value.remedy
    assert path.read_bytes() == BODY[:HALF]
    assert get(server, path, watching()) == BODY
    assert server.requests[-1].asked_range == f"bytes={HALF}-"


def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(InputError, match="IMPRINT_DATA"):
        PartFile(Path("/dev/null/models/x.part"))


def test_only_one_program_fetches_at_a_time(path: Path) -> None:
    with PartFile(path), pytest.raises(InputError, match="another program"):
        PartFile(path)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no such file"), (403, "refuses"), (503, "Try again later")]
)
def test_a_refusal_is_told_with_the_address(
    server: Any, path: Path, watching: Any, status: int, words: str
) -> None:
    server.status = status
    with pytest.raises(InputError, match=words) as raised:
        get(server, path, watching())
    assert str(status) in str(raised.value)
    assert raised.value.file == server.address
    assert not path.exists()
    assert len(server.requests) == 1


def test_without_a_network_it_says_that_imprint_works(path: Path, watching: Any) -> None:
    with PartFile(path) as part, pytest.raises(InputError, match="Imprint works without it"):
        download("http://127.0.0.1:9/model.zip", part, watching())
    assert not path.exists()


def test_a_redirect_is_followed(server: Any, path: Path, watching: Any) -> None:
    server.body, server.status, server.location = BODY, 302, "/elsewhere.zip"
    assert get(server, path, watching()) == BODY
    assert [request.path for request in server.requests] == ["/model.zip", "/elsewhere.zip"]


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x.zip", "data:,x"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_anything_but_http_is_refused(
    server: Any, path: Path, watching: Any, status: int, to: str
) -> None:
    server.status, server.location = status, to
    with pytest.raises(InputError, match="only http and https"):
        get(server, path, watching())
    assert not path.exists()


@pytest.mark.parametrize(
    ("address", "before", "fine"),
    [
        ("https://example.org/a.zip", None, True),
        ("http://example.org/a.zip", "http://example.org/b", True),
        ("https://example.org/a.zip", "http://example.org/b", True),
        ("http://example.org/a.zip", "https://example.org/b", False),
        ("ftp://example.org/a.zip", None, False),
        ("https:///a.zip", None, False),
        ("https://[::1/a.zip", None, False),
        ("https://example.org:port/a.zip", None, False),
        ("https://example.org/a b.zip", None, False),
        ("model.zip", None, False),
    ],
)
def test_which_addresses_are_asked(address: str, before: str | None, fine: bool) -> None:
    """None that is no web address, and none that gives up https."""
    assert (address_problem(address, before) is None) is fine


def test_a_server_that_talks_something_else_is_told(path: Path, watching: Any) -> None:
    """As that of a hotel's network, or the wrong port."""

    def talk(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"SSH-2.0-x\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening, PartFile(path) as part:
        talking = threading.Thread(target=talk, args=(listening,))
        talking.start()
        with pytest.raises(InputError, match=r"can't reach 127\.0\.0\.1"):
            download(f"http://127.0.0.1:{listening.getsockname()[1]}/m.zip", part, watching())
        talking.join()
