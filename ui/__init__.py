"""The window: draws what an exercise lets a seat know and hands the seat's choices back."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # what is printed is ours
