"""Walking through the steps of a registration as a browser does."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities.models import Community
from communities.registration_steps import STEPS
from tests.factories import COMPLETE, TOMAN

APPLY, BEGIN = reverse("communities:apply"), reverse("communities:begin")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PLACE = {"kind": "kim", "name": "KIM Surya Gambo", "region": TOMAN, "address": "Jalan Merdeka 1"}


def scan(name: str = "sk.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A scan of an SK, small."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def place(client: Client, **changes: Any) -> dict[str, Any]:
    """What the first step sends, with the key of the form that is open."""
    key = client.get(BEGIN).context["form"]["form_key"].value()
    return {**PLACE, "form_key": str(key), **changes}


def address(community: Community, step: str) -> str:
    """Where a step is."""
    return reverse("communities:step", args=[community.slug, step])


def filled(step: str, **changes: Any) -> dict[str, Any]:
    """Everything that a step asks of a KIM."""
    fields = next(each.fields for each in STEPS if each.slug == step)
    known = {**{name: str(value) for name, value in COMPLETE.items()}, **PLACE}
    found: dict[str, Any] = {name: known[name] for name in fields if name in known}
    if step == "sk":
        found["decree"] = scan()
    return {**found, **changes}


def begun(client: Client, **changes: Any) -> Community:
    """An application after its first step."""
    client.post(BEGIN, place(client, **changes))
    return Community.objects.latest("pk")


def fill(client: Client, community: Community, step: str, **changes: Any) -> Any:
    """Send one step."""
    return client.post(address(community, step), filled(step, **changes))


def fill_all(client: Client, community: Community) -> None:
    """Send all steps that follow the first."""
    for step in STEPS[1:-1]:
        assert fill(client, community, step.slug).status_code == 302
