"""What is killed while people are told: a small run of the benchmark, which has servers of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.conf import settings


def test_nobody_is_left_out_and_nobody_told_twice_whatever_is_killed():
    command = [sys.executable, "-m", "benchmarks.killing", "--people", "1000", "--kills", "3"]
    done = subprocess.run(
        [*command, "--only", "workers", "redis", "postgres"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}")
