"""What an office is called on its own pages."""

from __future__ import annotations

from accounts.offices import office_name

__all__ = ["NATION", "office_name"]

# How addresses and forms call the region that has no code.
NATION = "nasional"
