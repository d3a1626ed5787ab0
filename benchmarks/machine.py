"""The machine at hand: its processor and versions, for the caption of every table."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path


def cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor() -> str:
    """The processor by name."""
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def load() -> str:
    """What else was running: ratios bear it, rates do not."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def named() -> str:
    """One line for a caption."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("numpy", "mesa"))
    python = ".".join(str(part) for part in sys.version_info[:3])
    place = f"{processor()}, {cores()} cores, {platform.system()}"
    return f"on the machine at hand: {place}; Python {python}, {tools}; {load()}"
