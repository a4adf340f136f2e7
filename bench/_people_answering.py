"""People who answer: a connection each, on which the next answer is sent as soon as the
reply to the last is there. One thread, little more than sockets, so that it takes as
little as can be from the machine that is measured."""

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

SECRET = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
NAME = re.compile(rb'name="submission" value="([^"]+)"')
COOKIE = re.compile(rb"(?i)set-cookie: csrftoken=([^;]+)")
HERE = re.compile(rb"(?i)\r\n(?:content-location|location): ([^\r]+)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Reply:
    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head[9:12])


Talk = Generator[tuple[str, bytes], Reply, None]


@dataclass
class Person:
    """One who answers, on one connection; `talk` gives what is sent next."""

    talk: Talk
    address: tuple[str, int]
    times: dict[str, list[float]]
    line: socket.socket = field(init=False)
    what: str = ""
    sent_at: float = 0.0
    got: bytes = b""

    def __post_init__(self) -> None:
        self.line = self._connect()

    def _connect(self) -> socket.socket:
        line = socket.create_connection(self.address)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def begin(self) -> None:
        self._send(next(self.talk))

    def _send(self, said: tuple[str, bytes]) -> None:
        self.what, whole = said
        self.sent_at = time.perf_counter()
        self.line.sendall(whole)

    def hear(self) -> bool:
        """Whether this person goes on."""
        self.got += self.line.recv(1 << 18)
        head, found, body = self.got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not found or len(body) < (int(length[1]) if length else 0):
            return True
        self.times.setdefault(self.what, []).append(time.perf_counter() - self.sent_at)
        self.got = b""
        try:
            self._send(self.talk.send(Reply(head, body)))
        except StopIteration:
            self.line.close()
            return False
        return True


def request(method: str, path: str, cookie: str, body: str = "", *more: str) -> bytes:
    head = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {cookie}",
        *more,
    ]
    if method == "POST":
        head += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def answering(plan: dict, mine: Iterator[dict], questions: int) -> Talk:
    for sitting in mine:
        yield from one_sitting(plan, sitting, questions)


def one_sitting(plan: dict, sitting: dict, questions: int) -> Talk:
    base = f"/vragenlijst/{sitting['token']}/"
    first = next(iter(plan["answers"]))
    here = f"{base}vraag/{first}/"
    page = yield "show", request("GET", here, sitting["cookie"])
    secret = COOKIE.search(page.head)
    assert page.status == 200 and secret, page.head
    cookie = f"{sitting['cookie']}; csrftoken={secret[1].decode()}"
    yield "ahead", request("GET", base + "vooruit/", cookie)
    for _ in range(questions):
        code = here.split("/")[-2]
        fields = plan["answers"][code] | {
            "csrfmiddlewaretoken": SECRET.search(page.body)[1].decode(),
            "submission": NAME.search(page.body)[1].decode(),
        }
        page = yield (
            "save",
            request("POST", here, cookie, urlencode(fields), "Trede-Part: 1"),
        )
        assert page.status == 200, (page.head, here)
        here = HERE.search(page.head)[1].decode()


def reloading(plan: dict, mine: Iterator[dict], questions: int) -> Talk:
    """The page where each of these sittings is now, whole, again and again."""
    code = list(plan["answers"])[questions]
    for sitting in mine:
        here = f"/vragenlijst/{sitting['token']}/vraag/{code}/"
        for _ in range(questions):
            page = yield "show", request("GET", here, sitting["cookie"])
            assert page.status == 200, page.head


def nothing(count: int) -> Talk:
    for _ in range(count):
        yield "nothing", request("GET", "/niets/", "")


def carry_out(talks: list[Talk], port: int) -> tuple[dict[str, list[float]], float]:
    times: dict[str, list[float]] = {}
    people = [Person(talk, ("127.0.0.1", port), times) for talk in talks]
    waiting = selectors.DefaultSelector()
    start = time.perf_counter()
    for one in people:
        waiting.register(one.line, selectors.EVENT_READ, one)
        one.begin()
    going = len(people)
    while going:
        for ready, _ in waiting.select():
            if not ready.data.hear():
                waiting.unregister(ready.fileobj)
                going -= 1
    return times, time.perf_counter() - start


def main() -> None:
    plan = json.load(sys.stdin)
    what, port, people = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if what == "nothing":
        talks = [nothing(1500 // people) for _ in range(people)]
    else:
        todo = iter(plan["sittings"])
        walk = answering if what == "answers" else reloading
        talks = [walk(plan, todo, plan["questions"]) for _ in range(people)]
    times, seconds = carry_out(talks, port)
    json.dump({"times": times, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
