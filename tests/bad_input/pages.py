"""A page as a browser takes it apart: what would run, what stands in its fields, what it complains about."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse

RUNS_AS_ADDRESS = ("javascript:", "data:text", "vbscript:")
WITHOUT_END = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "path", "use", "circle", "rect"}


class Page(HTMLParser):
    """The HTML of an answer, read."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.fields: dict[str, str] = {}
        self.wrong: set[str] = set()
        self.errors: dict[str, str] = {}
        self.text = ""
        self._textarea = self._select = self._error = ""
        self.feed(answer.getvalue().decode())
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what a tag does."""
        values = {name: value or "" for name, value in attributes}
        self._look_for_dangers(tag, values)
        name = values.get("name", "")
        if values.get("aria-invalid") == "true":
            self.wrong.add(name)
        if tag == "input" and values.get("type") not in {"checkbox", "radio", "submit"}:
            self.fields.setdefault(name, values.get("value", ""))
        if tag == "input" and values.get("type") in {"checkbox", "radio"} and "checked" in values:
            self.fields[name] = values.get("value", "on")
        if tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in values:
            self.fields[self._select] = values.get("value", "")
        if values.get("id", "").endswith("_error"):
            self._error = values["id"].removesuffix("_error").removeprefix("id_")

    def handle_endtag(self, tag: str) -> None:
        """The end of what has text in it."""
        if tag == "textarea":
            # The line break after <textarea> is the template's, not the person's.
            self.fields[self._textarea] = self.fields[self._textarea].removeprefix("\n")
            self._textarea = ""
        if tag == "select":
            self._select = ""
        if tag == "ul":
            self._error = ""

    def handle_data(self, data: str) -> None:
        """Text: of a field, of an error, of the page."""
        if self._textarea:
            self.fields[self._textarea] += data
        if self._error:
            self.errors[self._error] = (self.errors.get(self._error, "") + " " + data).strip()
        self.text += data

    def _look_for_dangers(self, tag: str, values: dict[str, str]) -> None:
        is_data = values.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not values.get("src", "").startswith("/static/") and not is_data:
            self.dangers.append(f"<script {values}>")
        if tag in {"iframe", "object", "embed", "base", "style"}:
            self.dangers.append(f"<{tag}>")
        self.dangers += [f"{name}={value}" for name, value in values.items() if name.startswith("on")]
        self.dangers += [
            f"{name}={value}"
            for name, value in values.items()
            if name in {"href", "src", "action", "formaction"}
            and value.strip().lower().startswith(RUNS_AS_ADDRESS)
        ]
