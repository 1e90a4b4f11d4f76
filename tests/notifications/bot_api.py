"""A Bot API of the tests' own: getUpdates, sendMessage and setWebhook, as core.telegram.org/bots/api says."""

from __future__ import annotations

import json
from typing import Any

from tests.notifications.http_server import Answer, Asked, HttpServer

TOKEN = "123456:test-token-of-nobody"


class BotApi(HttpServer):
    """Keeps what is said in chats; `answers` holds refusals by chat: (code, description, retry_after)."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.answers: dict[int, tuple[int, str, int]] = {}
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}

    def answer(self, asked: Asked) -> Answer:
        """Only for who knows the token."""
        _empty, token, method = asked.path.split("/")
        if token != f"bot{TOKEN}":
            return _no(401, "Unauthorized")
        fields = json.loads(asked.body or "{}")
        return getattr(self, f"_{method}", lambda _: _no(404, "Not Found"))(fields)

    def hear(self, text: str, chat: int, *, kind: str = "private") -> dict[str, Any]:
        """Somebody writes to the bot; the update that comes of it."""
        message = {"message_id": 1, "chat": {"id": chat, "type": kind}, "text": text}
        return self._update(message=message)

    def block(self, chat: int) -> dict[str, Any]:
        """Somebody blocks the bot."""
        member = {"chat": {"id": chat, "type": "private"}, "new_chat_member": {"status": "kicked"}}
        return self._update(my_chat_member=member)

    def _update(self, **content: Any) -> dict[str, Any]:
        update = {"update_id": 1000 + len(self.updates), **content}
        self.updates.append(update)
        return update

    def _getUpdates(self, fields: dict[str, Any]) -> Answer:  # noqa: N802 - the API's names
        if self.webhook.get("url"):
            return _no(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = fields.get("offset", 0)
        return _yes([update for update in self.updates if update["update_id"] >= offset])

    def _sendMessage(self, fields: dict[str, Any]) -> Answer:  # noqa: N802
        if fields["chat_id"] in self.answers:
            return _no(*self.answers[fields["chat_id"]])
        self.messages.append(fields)
        return _yes({"message_id": len(self.messages)})

    def _setWebhook(self, fields: dict[str, Any]) -> Answer:  # noqa: N802
        self.webhook = fields
        return _yes(True)


def _yes(result: Any) -> Answer:
    return Answer(200, {"ok": True, "result": result})


def _no(code: int, said: str, retry_after: int = 0) -> Answer:
    parameters = {"parameters": {"retry_after": retry_after}} if retry_after else {}
    return Answer(code, {"ok": False, "error_code": code, "description": said, **parameters})
