"""What every test stands on: a real PostgreSQL with all regions, and a real Redis of its own."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase, override_settings

from tests.emptying import empty_tables
from tests.servers import PrivateRedis, WorkerProcess


def pytest_configure() -> None:
    """Name the test database, so that several people can test in one checkout.

    DEBUG goes off before the first test module is read: some ask for an address while they are.
    """
    django_settings.DEBUG = False
    names = ("test_portal", os.environ.get("TEST_DB_SUFFIX"))
    test_options = django_settings.DATABASES["default"].setdefault("TEST", {})
    test_options["NAME"] = "_".join(name for name in names if name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The test database, empty but for all regions: loaded once, kept by every test."""
    from regions.loading import load_regions
    from regions.models import Region

    with django_db_blocker.unblock():
        empty_tables()  # what a killed run has left
        if not Region.objects.exists():
            load_regions()
    # What Django flushes after a test that commits would take the regions with it.
    TransactionTestCase._fixture_teardown = lambda _self: empty_tables()


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that a test writes reaches what `make run` keeps."""
    folder = tmp_path_factory.mktemp("portal")
    with override_settings(
        MEDIA_ROOT=folder / "media",
        EMAIL_FILE_PATH=folder / "mail",
        VAPID_PRIVATE_KEY="",
        TELEGRAM_BOT_TOKEN="",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _redis() -> Iterator[PrivateRedis]:
    """One Redis a test process; all that is enqueued goes there."""
    from kimportal.celery import app

    server = PrivateRedis()
    server.start()
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = server.broker_url
    with override_settings(REDIS_URL=server.url, CELERY_BROKER_URL=server.broker_url):
        yield server
    server.remove()


@pytest.fixture
def redis_server(_redis: PrivateRedis) -> Iterator[PrivateRedis]:
    """The test's own Redis, empty: .url, .stop(), .start(), .flush()."""
    _redis.start()
    _redis.flush()
    yield _redis
    _redis.start()


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """The database without a transaction around the test, for threads and other processes.

    Every table but the regions is emptied afterwards.
    """


@pytest.fixture
def celery_worker_process(
    committed_db: None, redis_server: PrivateRedis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., WorkerProcess]]:
    """Start real workers: `worker = celery_worker_process()`, then `worker.kill()` or `worker.stop()`."""
    workers: list[WorkerProcess] = []

    def start(*, concurrency: int = 1) -> WorkerProcess:
        worker = WorkerProcess(tmp_path_factory.mktemp("worker"), concurrency=concurrency)
        workers.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in workers:
        worker.kill()
