"""The table of roles: what each may do, and that nothing in code knows a role but the table."""

import pytest

from accounts.models import Posting
from accounts.roles import MAY, Duty, Role, roles_with

TABLE = """
role       registry news appoint settings audit
head       yes      yes  yes     yes      yes
officer    yes      yes  no      no       no
verifier   yes      no   no      no       no
moderator  no       yes  no      no       no
viewer     no       no   no      no       no
"""


def rows() -> list[tuple[str, Duty, bool]]:
    heading, *lines = (line.split() for line in TABLE.split("\n") if line)
    return [
        (role, Duty(duty), answer == "yes")
        for role, *answers in lines
        for duty, answer in zip(heading[1:], answers, strict=True)
    ]


@pytest.mark.parametrize(("role", "duty", "expected"), rows())
def test_a_role_may_what_the_table_says(role, duty, expected):
    assert Posting(role=role).may(duty) == expected
    assert (role in roles_with(duty)) == expected


def test_the_table_knows_every_role():
    assert set(MAY) == set(Role.values)
    assert len(rows()) == len(Role) * len(Duty)


def test_who_decides_anything_decides():
    assert [role for role in Role.values if Posting(role=role).decides] == [
        "head", "officer", "verifier", "moderator",
    ]  # fmt: skip
