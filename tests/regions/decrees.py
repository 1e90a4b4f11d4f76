"""Lists of a new decree for tests: the regions of today within one, with changes, as files."""

from __future__ import annotations

from pathlib import Path

from regions.models import Region

HEADER = "code,kind,time_zone,name\n"
# The villages of Babat Toman, Musi Banyuasin: the small list of most tests.
DISTRICT = "16.06.06"


class Decree:
    """What a decree says: begin with what there is, then change it."""

    def __init__(self, folder: Path, *codes: str) -> None:
        self.folder, self.only = folder, list(codes)
        self.rows: dict[str, list[str]] = {}
        for code in codes:
            found = Region.objects.open().within(code).order_by("code")
            for each in found.values_list("code", "kind", "time_zone", "name"):
                self.rows[each[0]] = list(each)
        self.pairs: list[tuple[str, ...]] = []

    def add(self, code: str, name: str, kind: str = "village", time_zone: str = "Asia/Jakarta") -> Decree:
        """A region that is new."""
        self.rows[code] = [code, kind, time_zone, name]
        return self

    def rename(self, code: str, name: str) -> Decree:
        """Another name for the same code."""
        self.rows[code][3] = name
        return self

    def close(self, *codes: str) -> Decree:
        """No longer named, nor what lies beneath."""
        for code in codes:
            self.rows = {
                own: row for own, row in self.rows.items() if own != code and not own.startswith(f"{code}.")
            }
        return self

    def becomes(self, old: str, *new: str) -> Decree:
        """The mapping says so; of several the first is the default."""
        for number, code in enumerate(new):
            self.pairs.append((old, code, "ya" if number == 0 and len(new) > 1 else ""))
        return self

    def recode(self, old: str, new: str) -> Decree:
        """Everything beneath gets a code that begins otherwise; only the uppermost stands in the mapping."""
        moved = {code: row for code, row in self.rows.items() if code == old or code.startswith(f"{old}.")}
        self.close(old).becomes(old, new)
        for code, row in moved.items():
            own = new + code[len(old) :]
            self.rows[own] = [own, *row[1:]]
        return self

    @property
    def list(self) -> Path:
        """The list as a file."""
        path = self.folder / "daftar.csv"
        path.write_text(HEADER + "".join(",".join(row) + "\n" for row in self.rows.values()))
        return path

    @property
    def mapping(self) -> Path | None:
        """The mapping as a file."""
        if not self.pairs:
            return None
        path = self.folder / "pemetaan.csv"
        path.write_text("old,new,default\n" + "".join(",".join(pair) + "\n" for pair in self.pairs))
        return path
