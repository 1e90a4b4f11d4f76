"""Whatever holds a region has a rule for the day the region closes."""

from office.decree.rules import RULES
from regions.changing.holders import holders, moving


def test_every_field_that_holds_a_region_has_its_rule_and_no_rule_is_left_over():
    assert {holder.label for holder in holders()} == set(RULES)


def test_only_the_history_stays_behind():
    assert {holder.label for holder in holders()} - {holder.label for holder in moving(RULES)} == {
        "activity.Activity.region"
    }
