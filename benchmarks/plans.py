"""What PostgreSQL does for the slow queries of a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

SLOW = 0.008


def show_plans(title: str, connection: Any, visit: Callable[[], object]) -> None:
    """Print the plan of each query of the visit that takes longer than SLOW."""
    slow: list[tuple[float, str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        seconds = time.perf_counter() - began
        if seconds > SLOW and sql.lstrip("( ").startswith("SELECT"):
            slow.append((seconds, sql, params))
        return answer

    with connection.execute_wrapper(note):
        visit()
    for seconds, sql, params in slow:
        print(f"\n== {title}: {seconds * 1000:.0f} ms\n{sql}")
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
            print("\n".join(line for (line,) in cursor.fetchall()), flush=True)
