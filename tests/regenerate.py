"""Regenerate: write anew what is copied from the program: `python -m tests.regenerate`."""

import tempfile
from pathlib import Path

from tests import digests
from tests.documents import DOCUMENTS, GOLDEN, ROOT, anew, replayed, transcripts
from tests.trial import conclusions
from tests.window import pictures


def write(path: Path, text: str) -> None:
    """Write a file if it would change, and say so."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(f"changed: {path.relative_to(ROOT).as_posix()}")


def golden() -> None:
    """A transcript for every scenario, and none besides; the digests of the boards."""
    GOLDEN.mkdir(exist_ok=True)
    told = transcripts()
    for path in set(GOLDEN.glob("*.txt")) - set(told):
        path.unlink()
    for path, text in told.items():
        write(path, text)
    write(digests.KEPT, digests.as_text())
    write(conclusions.KEPT, conclusions.as_text())


def documents() -> None:
    """The guides: their transcripts, maps, tables and examples."""
    for path in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            text = anew(path.read_text(encoding="utf-8"), Path(folder))
        write(path, replayed(text))


if __name__ == "__main__":
    golden()
    for picture in pictures.regenerate():
        print(f"changed: {picture.relative_to(ROOT).as_posix()}")
    documents()
