"""The first head of the ministry in a fresh installation; everybody else is appointed on the desk."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.errors import PostingRefused
from accounts.roles import Role
from office import posting_actions


class Command(BaseCommand):
    """`manage.py appoint_ministry EMAIL`."""

    help = (
        "Post the person with this e-mail address as head of the ministry, who then appoints the provinces."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address of an account that has signed up."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint, or say what to do first."""
        try:
            posting = posting_actions.appoint(email=options["email"], role=Role.HEAD, region=None, by=None)
        except PostingRefused as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(f"{posting.user.email}: {posting}")
