"""Where the words of the map go: each near its point, none over another."""

from collections.abc import Iterable, Sequence

from ui.kit.box import Box

REACH = (0, 8, 16, 26, 38, 52)  # how far, in logical units, words may move from their point
WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))


class Places:
    """What is taken of a room; kept as plain edges, for every drawing asks thousands of times."""

    def __init__(self, room: Box, taken: Iterable[Box] = ()) -> None:
        self.room = room
        self._edges = [(box.x, box.y, box.x2, box.y2) for box in taken]

    def free(self, box: Box) -> bool:
        left, top, right, low = box.x, box.y, box.x + box.w, box.y + box.h
        room = self.room
        if left < room.x or top < room.y or right > room.x2 or low > room.y2:
            return False
        for x, y, x2, y2 in self._edges:
            if left < x2 and x < right and top < y2 and y < low:
                return False
        return True

    def take(self, box: Box) -> Box:
        self._edges.append((box.x, box.y, box.x2, box.y2))
        return box

    def near(
        self, x: float, y: float, sizes: Iterable[tuple[float, float]],
        reach: Sequence[float] = REACH,
    ) -> tuple[int, Box] | None:  # fmt: skip
        """The first size that fits near a point, by its number, and where; now taken."""
        for number, (w, h) in enumerate(sizes):
            for far in reach:
                for dx, dy in WAYS[: None if far else 1]:
                    box = Box(x + dx * far - w / 2, y + dy * far - h / 2, w, h)
                    if self.free(box):
                        return number, self.take(box)
        return None
