"""Places: where exercises are kept when nobody says otherwise."""

from pathlib import Path

import platformdirs

ENDING = ".offramp.jsonl"


def folder() -> Path:
    """The user's own folder for exercises."""
    return Path(platformdirs.user_data_path("offramp", appauthor=False))


def fresh(name: str, where: Path | None = None) -> Path:
    """A file for a new exercise of that name, one that does not exist yet; nothing is made."""
    safe = "".join(c if c.isalnum() or c in " ._-" else "_" for c in name).strip(" .")[:80]
    home, stem, number = where or folder(), safe or "exercise", 1
    path = home / f"{stem}{ENDING}"
    while path.exists():
        number += 1
        path = home / f"{stem}-{number}{ENDING}"
    return path


def kept(where: Path | None = None) -> list[Path]:
    """The exercises kept there, the latest first."""
    try:
        found = [(path.stat().st_mtime, path) for path in (where or folder()).glob(f"*{ENDING}")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)]
