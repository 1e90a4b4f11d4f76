"""The address to which a device sends a photo piece by piece."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from articles import uploads


@require_POST
@agreed_required
def receive(request: SignedInRequest, key: UUID) -> JsonResponse:
    """Take a piece: `?dari=` where it begins, `?ukuran=` how large the photo is. An empty one only asks."""
    at, size = _number(request, "dari"), _number(request, "ukuran")
    if at is None or size is None or int(request.headers.get("Content-Length") or 0) > uploads.PIECE_BYTES:
        return JsonResponse({}, status=400)
    try:
        received = uploads.receive(key, request.body, at=at, size=size, by=request.user)
    except uploads.OutOfPlace as found:
        return JsonResponse({"received": found.received}, status=409)
    except uploads.UploadRefused as refused:
        return JsonResponse({"error": str(refused.message)}, status=429 if refused.later else 422)
    return JsonResponse({"received": received})


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
