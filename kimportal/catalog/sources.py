"""Finds every string of the code and the templates that passes gettext."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

NOT_OURS = {"tests", "benchmarks"}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
COMMENT_TAG = "Translators:"
PLAIN = dict.fromkeys(("_", "_now", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS = {
    **PLAIN,
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
Key = tuple[str | None, str]


@dataclass
class Message:
    """One string to translate, and where it stands."""

    context: str | None
    msgid: str
    plural: str = ""
    paths: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What a catalog knows it by."""
        return self.context, self.msgid


def find_messages(root: Path) -> dict[Key, Message]:
    """All strings of the project under this folder."""
    return read_messages(root, source_files(root))


def source_files(root: Path) -> list[Path]:
    """Modules of the apps, and templates, in a fixed order."""
    apps = [path.parent for path in root.glob("*/__init__.py") if path.parent.name not in NOT_OURS]
    modules = [path for app in apps for path in app.rglob("*.py") if "migrations" not in path.parts]
    folders = [root / "templates", *(app / "templates" for app in apps)]
    templates = [path for folder in folders for path in folder.rglob("*") if is_source(path)]
    return sorted(modules + templates)


def is_source(path: Path) -> bool:
    """Whether strings may stand in it."""
    return path.suffix in TEMPLATE_SUFFIXES | {".py"} and path.is_file()


def read_messages(root: Path, files: Iterable[Path]) -> dict[Key, Message]:
    """The strings of these files, each once, with all its places."""
    messages: dict[Key, Message] = {}
    for path in files:
        for found in _read(path):
            message = messages.setdefault(found.key, found)
            message.plural = message.plural or found.plural
            message.paths.add(path.relative_to(root).as_posix())
            message.comments |= found.comments
    return messages


def _read(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    source = text if path.suffix == ".py" else _as_python(text, path)
    stream = io.BytesIO(source.encode())
    for _line, words, comments, context in extract(
        "python", stream, KEYWORDS, (COMMENT_TAG,), options={"encoding": "utf-8"}
    ):
        msgid, plural = words if isinstance(words, tuple) else (words, "")
        if msgid:
            yield Message(context, msgid, plural, comments={" ".join(comments)} - {""})


def _as_python(template: str, path: Path) -> str:
    """Django turns a template into calls of gettext; without indentation they are tokens of Python."""
    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).splitlines())
