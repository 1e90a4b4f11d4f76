"""The portal's service worker. It stands at the root, so that it may serve every page.

One address, several parts: each feature keeps its own file in static/js and is named here.
"""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

PARTS = ("service-worker.js", "push-worker.js", "composer-worker.js")


def _script() -> str:
    folder = settings.BASE_DIR / "static" / "js"
    return "\n".join((folder / part).read_text(encoding="utf-8") for part in PARTS)


# In production files change with a restart only.
_kept = cache(_script)


def script() -> str:
    """All parts, one after the other."""
    return _script() if settings.DEBUG else _kept()


def _etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(script().encode()).hexdigest()[:16]}"'


@login_not_required
@require_safe
@cache_control(no_cache=True)
@etag(_etag)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Asked for anew each time: an old worker would stay for good."""
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8")
