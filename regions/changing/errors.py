"""Why a list of regions is not taken."""

from collections.abc import Sequence


class ChangeRefused(Exception):
    """The list, or what would follow from it, does not hold; nothing was changed. `problems` says why."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)
