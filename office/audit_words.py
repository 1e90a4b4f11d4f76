"""What the audit says of one act: which kind it is, and what was before and after, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.roles import Role
from activity import verbs
from aspirations.steps import STEPS
from common.templatetags.ui import status_label
from communities.models import Community, Kind, Membership
from communities.verbs import HANDED
from complaints.models import Case
from figures.lists import LISTS
from figures.verbs import EXPORT
from moderation.guidelines import RULES
from moderation.kinds import kinds
from moderation.sheet import QUESTIONS, Answer
from moderation.states import Side

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from activity.models import Activity

NOTHING = "—"
OTHER = "lain"
# What kinds of act can be searched for. What stands nowhere here is OTHER.
GROUPS: dict[str, tuple[StrOrPromise, frozenset[str]]] = {
    "penugasan": (_("Postings"), frozenset({"posting.appoint", "posting.substitute", "posting.end"})),
    "ekspor": (_("Exports and reports"), frozenset({"export.make", "report.ask", "report.download"})),
    "impor": (
        _("Imports"),
        frozenset(
            {"import.upload", "import.apply", "import.undo", "import.invite", "import.download",
             "community.import", "community.import_undo", "community.claim"}
        ),
    ),
    "dokumen": (_("Looks at documents"), frozenset({"document.view"})),
    "pengaturan": (_("Office settings"), frozenset({"office.change"})),
    "siaran": (
        _("Announcements"),
        frozenset({"announcement.send", "announcement.withdraw", "announcement.forward"}),
    ),
    "aspirasi": (
        _("Aspirations"),
        frozenset({"aspiration.send", "aspiration.arrive", *(step.verb for step in STEPS.values())}),
    ),
    "anggota": (
        _("Members and invitations"),
        frozenset(
            {"membership.ask", "membership.accept", "membership.decline", "membership.end",
             "membership.promote", "membership.demote", "membership.join", "invitation.send",
             "invitation.revoke", "forum.ask", "forum.invite", "forum.join", "forum.decline",
             "forum.withdraw", "forum.end"}
        ),
    ),
}  # fmt: skip
DECISIONS = frozenset({"report.decide"})
DECISIONS |= frozenset({"article.slip", "event.slip"})
DECISIONS |= frozenset({"community.trust", "community.distrust"})
DECISIONS |= frozenset({"community.rest", "community.keep", "community.dissolve", "community.change"})
# What a verb alone says of before and after.
BY_VERB: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "community.rest": (_("proposed as not active"), _("not active")),
    "community.keep": (_("proposed as not active"), _("active")),
    "community.wake": (_("not active"), _("active")),
    "invitation.revoke": (_("open"), _("revoked")),
    "posting.end": (_("current"), _("ended")),
}
# The words of details that are no field of a model.
WORDS: dict[str, StrOrPromise] = {
    "role": _("role"),
    "on_appeal": _("answers an appeal"),
    "until": _("until"),
    "rows": _("rows"),
    "review_days": _("days to decide"),
    "aspiration_receive": _("to receive an aspiration"),
    "aspiration_answer": _("to answer an aspiration"),
    "lapor": _("SP4N-LAPOR! number"),
    "hours": _("office hours"),
    "holiday": _("holiday"),
    "reply": _("reply"),
    "region": _("region"),
    "list": _("list"),
    "period": _("period"),
    "as": _("as"),
    "on": _("last day"),
    "fields": _("changed"),
    "purpose": _("purpose"),
    "number": _("number"),
    "days": _("days"),
    "errors": _("rows with errors"),
    "letters": _("letters with links"),
    "audit": _("Audit"),
    "rule": _("rule"),
    "sheet": _("sheet"),
    "part": _("part"),
    **{code: question.name for code, question in QUESTIONS.items()},
    "outcome": _("outcome"),
}


@dataclass(frozen=True)
class Change:
    """One thing that changed: its name, where there are several, and what it was and is."""

    name: str
    before: str
    after: str


def groups() -> dict[str, StrOrPromise]:
    """The kinds of act by their names in addresses, in the order of the form."""
    decided = {"putusan": _("Decisions"), "kiriman": _("Sent or taken back by authors")}
    return {
        **decided,
        **{name: label for name, (label, _verbs) in GROUPS.items()},
        OTHER: _("Everything else"),
    }


def verbs_in(group: str) -> list[str]:
    """The verbs of one kind of act."""
    return sorted(verb for verb in verbs.LABELS if group_of(verb) == group)


def group_of(verb: str) -> str:
    """Which kind of act a verb is."""
    if verb in DECISIONS or verb in _moves(Side.OFFICE):
        return "putusan"
    if verb in _moves(Side.AUTHOR) or verb.rpartition(".")[2] in HANDED:
        return "kiriman"
    return next((name for name, (_label, found) in GROUPS.items() if verb in found), OTHER)


def _moves(side: Side) -> set[str]:
    return {
        model.verb(move.name) for model in kinds().values() for move in model.moves() if move.side is side
    }


def changes(activity: Activity) -> list[Change]:
    """What was, and what is since: field by field, or in one where the act is about one thing."""
    details, kind = activity.details, activity.verb.split(".")[0]
    if "from" in details and "to" in details:
        return [Change("", str(status_label(details["from"], kind)), str(status_label(details["to"], kind)))]
    before, after = details.get("before") or {}, details.get("after") or {}
    fields = [
        Change(_name(name), _value(name, before.get(name)), _value(name, after.get(name)))
        for name in {**before, **after}
    ]
    found = [change for change in fields if change.before != change.after]
    if activity.verb in BY_VERB:
        found.append(Change("", *(str(words) or NOTHING for words in BY_VERB[activity.verb])))
    return found


def list_name(activity: Activity) -> str:
    """Which list was taken along; empty where the act is none of that."""
    return _value("list", activity.details["list"]) if activity.verb == EXPORT else ""


def particulars(activity: Activity) -> str:
    """What else the history holds: which list, which period, how many."""
    known = {"before", "after", "from", "to", "import", "community"}
    found = {name: value for name, value in activity.details.items() if name not in known}
    return "; ".join(f"{_name(name)}: {_value(name, value)}" for name, value in found.items())


def _name(name: str) -> str:
    if name in WORDS:
        return str(WORDS[name])
    for model in (Office, Community):
        try:
            return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
    return name


def _value(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{_name(key)} {_value(key, each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_name(each) if isinstance(each, str) else str(each) for each in value)
    labels = _labels(name)
    return str(labels.get(value, value)) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    return str(value)


def _labels(name: str) -> dict[str, StrOrPromise]:
    if name == "role":
        return {**dict(Membership.Role.choices), **dict(Role.choices)}
    if name == "outcome":
        return dict(Case.Outcome.choices)
    if name == "rule":
        return {rule.code: rule.name for rule in RULES.values()}
    if name == "kind" or name in QUESTIONS:
        return dict(Kind.choices if name == "kind" else Answer.choices)
    if name == "list":
        return {**WORDS, **{slug: named.label for slug, named in LISTS.items()}}
    return {}


def kinds_of_act() -> Iterable[tuple[str, StrOrPromise]]:
    """The same as choices of a form."""
    return [("", _("everything")), *groups().items()]
