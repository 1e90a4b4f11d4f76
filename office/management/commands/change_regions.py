"""manage.py change_regions"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from accounts.models import User
from office.decree.applying import Change, change_regions
from office.decree.telling import MOST, tell
from regions.changing.errors import ChangeRefused
from regions.changing.lists import read_list, read_mapping


class Command(BaseCommand):
    """`manage.py change_regions LIST --mapping FILE`: a dry run, unless --apply and --by say otherwise."""

    help = "Bring in a new decree's list of regions: what it changes is told first, and done with --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        """The two files, what the list speaks for, and whether it is meant."""
        parser.add_argument("list", type=Path, help="CSV or CSV.gz with code,kind,time_zone,name")
        parser.add_argument("--mapping", type=Path, help="CSV with old,new or old,new,default")
        parser.add_argument(
            "--only", action="append", default=[], metavar="CODE",
            help="the list speaks for this region and what lies beneath; may be said several times",
        )  # fmt: skip
        parser.add_argument(
            "--decree", default="", help="its number, for the history; else the name of the file"
        )
        parser.add_argument("--apply", action="store_true", help="do it; without, only tell")
        parser.add_argument("--by", metavar="EMAIL", help="the account that answers for it in the history")
        parser.add_argument(
            "--all", action="store_true", help=f"list everything, not {MOST} lines of each sort"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell, or do and tell; each refusal in words."""
        started = time.monotonic()
        try:
            change = self._change(options)
        except ChangeRefused as refused:
            raise CommandError(_refusal(refused.problems)) from refused
        except DatabaseError as error:
            raise CommandError(
                _refusal([f"The database refused, or was busy; try again. {error}"])
            ) from error
        for line in tell(change, None if options["all"] else MOST):
            self.stdout.write(line)
        if change.problems:
            raise CommandError(_refusal(change.problems))
        took = time.monotonic() - started
        said = "Done" if options["apply"] else "Nothing was changed: this was a dry run. Say --apply to do it"
        self.stdout.write(f"{said}. {took:.1f} s")

    def _change(self, options: dict[str, Any]) -> Change:
        only = options["only"]
        return change_regions(
            read_list(options["list"], only),
            read_mapping(options["mapping"]),
            by=_account(options["by"]),
            decree=options["decree"] or options["list"].name,
            only=only,
            apply=options["apply"],
        )


def _account(email: str | None) -> User | None:
    if email is None:
        return None
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise ChangeRefused([f"There is no account with the address {email}."])
    return found


def _refusal(problems: list[str]) -> str:
    return "\n".join(["Nothing was changed.", *problems])
