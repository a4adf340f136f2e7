"""Acts in the order of their moments. An act may put later acts on the agenda, so that
what the lot or a talk decides also decides what comes after it."""

from collections.abc import Callable
from datetime import date, datetime, time
from heapq import heappop, heappush
from itertools import count

from django.utils import timezone

Act = Callable[[datetime], None]
# Told after each act: how many are done, how many are known of now.
Progress = Callable[[int, int], None]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on a day, by the clock on the wall."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Agenda:
    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self.done = 0

    def put(self, at: datetime, act: Act) -> None:
        heappush(self._heap, (at, next(self._order), act))

    def play(self, progress: Progress | None = None) -> None:
        while self._heap:
            at, _order, act = heappop(self._heap)
            act(at)
            self.done += 1
            if progress:
                progress(self.done, self.done + len(self._heap))
