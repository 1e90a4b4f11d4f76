"""Where the embedded servers keep their data and their sockets.

Settings import this module, so it needs nothing but the standard library, and it computes the
same answer in every process without asking a server. Three things move a place out of .local/:

- a socket path longer than 107 bytes, or with signs that a URL would have to escape;
- root: PostgreSQL refuses to run as root and runs as a user of its own, so where that user
  cannot come through to the checkout its files live in /var/lib/kimportal/ instead.
"""

import hashlib
import os
import re
import stat
from pathlib import Path

DATABASE = "portal"
OWNER = "portal"
LONGEST_SOCKET_PATH = 107
PLAIN_PATH = re.compile(r"^[A-Za-z0-9/._+-]+$")
SYSTEM_DIR = Path("/var/lib/kimportal")


def database_settings(local_dir: Path) -> dict[str, object]:
    """DATABASES["default"] of the embedded PostgreSQL."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": OWNER,
        "PASSWORD": "",
        "HOST": str(postgres_socket_dir(local_dir)),
        "PORT": "5432",
    }


def redis_url(local_dir: Path) -> str:
    """The URL of the embedded Redis."""
    return f"unix://{redis_socket(local_dir)}"


def push_key_file(local_dir: Path) -> Path:
    """The key by which browsers know the portal of this checkout."""
    return local_dir / "push.key"


def push_key(local_dir: Path) -> str:
    """The same in words; empty before it is made."""
    try:
        return push_key_file(local_dir).read_text().strip()
    except OSError:
        return ""


def run_dir(local_dir: Path) -> Path:
    """Locks and process ids of what runs."""
    return local_dir / "run"


def postgres_home(local_dir: Path) -> Path:
    """The folder that holds the data directory and, where its path is short enough, the socket."""
    if os.geteuid() == 0 and not anyone_may_enter(local_dir.parent):
        return SYSTEM_DIR / _checkout_hash(local_dir)
    return local_dir / "postgres"


def postgres_data(local_dir: Path) -> Path:
    """PostgreSQL's data directory."""
    return postgres_home(local_dir) / "data"


def postgres_socket_dir(local_dir: Path) -> Path:
    """The private folder of PostgreSQL's socket."""
    folder = postgres_home(local_dir) / "socket"
    if _fits(folder / ".s.PGSQL.5432.lock"):
        return folder
    return short_dir(local_dir) / "postgres"


def redis_home(local_dir: Path) -> Path:
    """Redis' working directory."""
    return local_dir / "redis"


def redis_socket(local_dir: Path) -> Path:
    """Redis' socket, in a private folder."""
    socket = redis_home(local_dir) / "redis.sock"
    return socket if _fits(socket) else short_dir(local_dir) / "redis" / "redis.sock"


def short_dir(local_dir: Path) -> Path:
    """A private folder with a short path, for the sockets of a checkout with a long one."""
    if os.geteuid() == 0:
        return SYSTEM_DIR / _checkout_hash(local_dir)
    return Path("/tmp") / f"kimportal-{os.geteuid()}-{_checkout_hash(local_dir)}"  # noqa: S108 - checked when made


def _checkout_hash(local_dir: Path) -> str:
    return hashlib.sha256(bytes(local_dir.resolve())).hexdigest()[:12]


def _fits(socket: Path) -> bool:
    path = str(socket)
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.match(path) is not None


def anyone_may_enter(folder: Path) -> bool:
    """Whether any user of the machine can come through to this folder."""
    real = folder.resolve()
    return all(not place.exists() or place.stat().st_mode & stat.S_IXOTH for place in (real, *real.parents))
