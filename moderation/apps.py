"""Configuration of the app."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Django's entry of the app."""

    name = "moderation"

    def ready(self) -> None:
        """Make the verbs of every kind known to the history."""
        from activity import verbs
        from moderation import checks  # noqa: F401  (registers the system check)
        from moderation.kinds import kinds
        from moderation.states import MOVES

        for model in kinds().values():
            for move in MOVES.values():
                verbs.register(model.verb(move.name), move.past)
