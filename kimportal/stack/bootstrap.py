"""Makes .venv with the pinned dependencies, and finds a Chromium for the browser tests.

`make` runs this file with the machine's own Python (`python3 -I kimportal/stack/bootstrap.py`),
so it imports nothing but the standard library. What is up to date takes no time.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parents[2]
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BootstrapError(Exception):
    """What is missing, and what to do."""


def main(arguments: list[str]) -> int:
    """Prepare .venv; with `--browser`, a Chromium too."""
    try:
        with _one_at_a_time():
            _prepare_venv()
            if "--browser" in arguments:
                _prepare_browser()
    except BootstrapError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` may start side by side."""
    with (BASE_DIR / REQUIREMENTS[0]).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare_venv() -> None:
    stamp = VENV / f"stamp-{_fingerprint()}"
    if stamp.exists() and _works([PYTHON, "-c", ""]):
        return
    if not _works([PYTHON, "-m", "pip", "--version"]):
        _make_venv()
    print("Installing the dependencies: this takes about a minute, and happens once.", flush=True)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if _run((*pip, "-r", BASE_DIR / REQUIREMENTS[-1])):
        raise BootstrapError("The dependencies could not be installed; see above.")
    for old in VENV.glob("stamp-*"):
        old.unlink()
    stamp.touch()


def _fingerprint() -> str:
    pinned = b"".join((BASE_DIR / name).read_bytes() for name in REQUIREMENTS)
    return hashlib.sha256(pinned + sys.version.encode()).hexdigest()[:16]


def _make_venv() -> None:
    if not _works([sys.executable, "-c", "import ensurepip, venv"]):
        _install_venv_package()
    if _run([sys.executable, "-m", "venv", "--clear", VENV]):
        raise BootstrapError("The virtual environment could not be made; see above.")


def _install_venv_package() -> None:
    """Debian and Ubuntu keep venv apart from Python."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if _apt_install(package) or _apt_install("python3-venv"):
        return
    raise BootstrapError(f"Python's venv is missing. Install it: apt-get install {package}")


def _prepare_browser() -> None:
    """A Chromium on the PATH, or Playwright's own, or one that is installed now."""
    if find_chromium() or _works([PYTHON, "-c", _PLAYWRIGHT_HAS_ONE]):
        return
    print("Installing Chromium for the browser tests: this happens once.", flush=True)
    if _is_debian() and _apt_install("chromium"):
        return
    with_libraries = ["--with-deps"] if _may_apt() else []
    if _run([PYTHON, "-m", "playwright", "install", *with_libraries, "chromium"]):
        raise BootstrapError("There is no Chromium. Install one, as root: apt-get install chromium")


_PLAYWRIGHT_HAS_ONE = """
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
"""


def find_chromium() -> str | None:
    """The Chromium or Chrome on the PATH."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def _is_debian() -> bool:
    """Ubuntu's package `chromium` is a snap, which containers cannot run."""
    with contextlib.suppress(OSError):
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    return False


def _may_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(package: str) -> bool:
    if not _may_apt():
        return False
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    _run(["apt-get", "update", "-qq"], **quiet)
    return not _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet)


def _works(command: Sequence[str | Path]) -> bool:
    try:
        return not _run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False


def _run(command: Sequence[str | Path], **options: Any) -> int:
    return subprocess.run(command, check=False, **options).returncode  # noqa: S603 - our own commands


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
