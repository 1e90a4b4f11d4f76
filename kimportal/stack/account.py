"""The unprivileged user that PostgreSQL runs as when we are root, and the folders it needs."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from kimportal.stack.errors import StackError

SERVER_USER = "kimportal-db"


def server_user() -> pwd.struct_passwd | None:
    """Who PostgreSQL runs as when we are root; None when it runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        return _create_server_user()


def _create_server_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", SERVER_USER]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed command
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        raise StackError(
            f"PostgreSQL does not run as root, and the user {SERVER_USER} could not be created. "
            "Run as an ordinary user instead, or set DATABASE_URL."
        ) from None


def private_folder(folder: Path, owner: pwd.struct_passwd | None = None, mode: int = 0o700) -> Path:
    """The folder, made if need be, ours (or the given owner's) alone."""
    _make_parents(folder)
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        _refuse_foreign(folder, owner)
    folder.chmod(mode)
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


def _make_parents(folder: Path) -> None:
    """Those in the system's folders must let PostgreSQL's user through, whatever our umask."""
    if not folder.parent.exists():
        _make_parents(folder.parent)
        folder.parent.mkdir(exist_ok=True)
        folder.parent.chmod(0o755)


def _refuse_foreign(folder: Path, owner: pwd.struct_passwd | None) -> None:
    """A folder that somebody else made (in /tmp, anybody may) is not to be trusted with a socket."""
    found = folder.lstat()
    allowed = {os.geteuid(), owner.pw_uid if owner else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
        raise StackError(
            f"{folder} belongs to somebody else (user id {found.st_uid}). "
            "Run as that user, or remove it and start again."
        )
