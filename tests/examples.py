"""How many examples hypothesis tries: a few in every run, many with HYPOTHESIS_PROFILE=thorough."""

import os

from hypothesis import settings

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
SHARE, FEWEST = 4, 10  # one in so many is tried in every run, but not fewer than these


def examples(thorough: int) -> int:
    """Return how many examples a test tries that tries ``thorough`` when there is time."""
    return thorough if THOROUGH else max(thorough // SHARE, min(thorough, FEWEST))


def choose_profile() -> None:
    """Set what holds for tests that say nothing. No deadline: the machine may be busy with other things."""
    settings.register_profile("ours", deadline=None, max_examples=examples(100))
    settings.load_profile("ours")
