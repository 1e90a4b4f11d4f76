"""What administrators may read in Django's admin, and nobody changes there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the portal alone makes and changes, by its own pages; what happened stays on record."""

    # Of millions of rows, only the page that is shown is counted.
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the portal alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is written here; what is done stands among the actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened, or failed, stays to be read."""
        return False
