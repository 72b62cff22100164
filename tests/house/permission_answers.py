"""How the table of permissions says what an address answers: the people who ask, and a row."""

from collections.abc import Mapping
from dataclasses import dataclass

# The people who ask. ``unproven`` is an owner who has not set up a second factor, ``elsewhere`` an owner
# of another forum, ``stranger`` an account without any role.
ROLES = ["anonymous", "stranger", "unproven", "elsewhere", "viewer", "desk", "agenda", "owner"]

Answer = int | Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """What GET and POST answer."""

    get: Answer
    post: Answer

    def expected(self, method: str, role: str) -> int:
        """Return the status for one method and role."""
        answer = self.get if method == "GET" else self.post
        return answer if isinstance(answer, int) else answer[role]


def by(others: int, **statuses: int) -> Mapping[str, int]:
    """Return an answer that differs by role; ``others`` is for roles that are not named."""
    return {role: statuses.get(role, others) for role in ROLES}


def organizers(status: int | Mapping[str, int]) -> Mapping[str, int]:
    """Return an answer of the admin: visitors are sent to sign in, strangers are refused, and organizers
    without a second factor are sent to set one up, whatever ``status`` the others get.
    """
    inside = status if isinstance(status, Mapping) else dict.fromkeys(ROLES, status)
    return {**inside, "anonymous": 302, "stranger": 403, "unproven": 302}
