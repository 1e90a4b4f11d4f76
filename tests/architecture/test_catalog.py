from kimportal.catalog import ROOT
from kimportal.catalog.checking import problems


def test_every_string_is_translated_and_fits():
    assert problems(ROOT) == []
