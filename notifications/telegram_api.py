"""The few calls of Telegram's Bot API that the portal uses. Whatever goes wrong, the token is never said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    import requests


class Silent(Exception):
    """Telegram does not answer, or not in its own words."""


class No(Exception):
    """Telegram answers that it will not."""

    def __init__(self, code: int, said: str, wait: timedelta) -> None:
        super().__init__(f"{code} {said}")
        self.code, self.said, self.wait = code, said, wait


class Bot:
    """The bot of this installation."""

    def __init__(self) -> None:
        self._session: requests.Session | None = None

    def __enter__(self) -> Bot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, method: str, **fields: Any) -> Any:
        """The result of one call. Raises Silent or No."""
        import requests

        from notifications.channels.http import session

        self._session = self._session or session()
        address = f"{settings.TELEGRAM_API}/bot{settings.TELEGRAM_BOT_TOKEN}/{method}"
        try:
            answer = self._session.post(address, json=fields, timeout=settings.TELEGRAM_TIMEOUT)
            said = answer.json()
        except requests.RequestException as problem:
            # Its words and its chain hold the address, and the address the token.
            raise Silent(type(problem).__name__) from None
        if not isinstance(said, dict):
            raise Silent(str(answer.status_code))
        if said.get("ok"):
            return said.get("result")
        raise No(_code(said, answer), str(said.get("description", "")), _wait(said))

    def close(self) -> None:
        """Let go of the connection."""
        if self._session:
            self._session.close()
            self._session = None


def _code(said: dict[str, Any], answer: requests.Response) -> int:
    code = said.get("error_code")
    return code if isinstance(code, int) else answer.status_code


def _wait(said: dict[str, Any]) -> timedelta:
    parameters = said.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return (
        timedelta(seconds=min(seconds, 24 * 3600))
        if isinstance(seconds, int) and seconds > 0
        else timedelta()
    )
