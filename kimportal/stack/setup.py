"""What the portal needs before it runs: catalogs, tables, regions, demo data. All of it may be repeated."""

import os

import django


def set_up() -> None:
    """Every step in this one process; what is up to date takes no time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    _compile_catalogs()
    django.setup()
    _make_push_key()
    _migrate()
    _load()


def with_demo() -> bool:
    """Whether demo data are wanted: yes, unless DEMO=no."""
    return os.environ.get("DEMO", "yes").lower() not in {"no", "0", "false"}


def _compile_catalogs() -> None:
    from kimportal.catalog import compile_catalogs

    compile_catalogs()


def _make_push_key() -> None:
    """Once a checkout: who comes after reads it with the settings."""
    from django.conf import settings

    from kimportal.stack.places import push_key_file
    from notifications.push_keys import new_pair

    place = push_key_file(settings.LOCAL_DIR)
    if settings.PRODUCTION or place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_text(new_pair()[0])


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Making the tables.", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _load() -> None:
    from django.core.management import call_command

    call_command("load_regions")
    if with_demo():
        call_command("load_demo")
