"""The clock of an office runs while it is open: on chosen days, and for every week and moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from accounts.office_hours import OfficeClock, Week

JAKARTA = ZoneInfo("Asia/Jakarta")
USUAL = Week.read([*[["08:00", "16:00"]] * 5, None, None])
CLOCK = OfficeClock(USUAL, JAKARTA)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=JAKARTA)
HOUR = timedelta(hours=1)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=JAKARTA)


def test_two_days_from_monday_morning_end_on_wednesday_morning():
    assert CLOCK.after(MONDAY, 2 * USUAL.day_length) == at(25, 10)


def test_the_weekend_does_not_count():
    assert CLOCK.after(at(20, 15), 2 * HOUR) == at(23, 9)  # Friday to Monday


def test_what_comes_at_night_begins_in_the_morning():
    assert CLOCK.after(at(23, 21), HOUR) == at(24, 9)


def test_a_holiday_does_not_count():
    clock = OfficeClock(USUAL, JAKARTA, {date(2026, 11, 24)})
    assert clock.after(MONDAY, 8 * HOUR) == at(25, 10)


def test_the_clock_is_that_of_the_region():
    east = OfficeClock(USUAL, ZoneInfo("Asia/Jayapura"))
    assert east.after(at(23, 15), HOUR) == at(24, 7)  # 17.00 there: tomorrow at 09.00 WIT


def test_it_says_whether_somebody_is_there():
    open_at = [CLOCK.is_open(at(day, hour)) for day, hour in [(23, 7), (23, 8), (23, 15), (23, 16), (22, 10)]]
    assert open_at == [False, True, True, False, False]


def test_an_office_that_never_opens_still_has_a_deadline():
    closed = OfficeClock(Week((None,) * 7), JAKARTA)
    assert closed.after(MONDAY, HOUR) == MONDAY + HOUR


def test_a_week_is_stored_as_it_was_read():
    assert Week.read(USUAL.stored()) == USUAL


def hours() -> st.SearchStrategy:
    pairs = st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True).map(sorted)
    return pairs.map(lambda pair: (time(pair[0]), time(pair[1], 30)))


weeks = st.lists(st.none() | hours(), min_size=7, max_size=7).filter(any).map(lambda days: Week(tuple(days)))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 (zone follows)
    lambda moment: moment.replace(tzinfo=JAKARTA)
)
spans = st.integers(0, 60 * 48).map(lambda minutes: timedelta(minutes=minutes))
holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20)
clocks = st.builds(OfficeClock, weeks, st.just(JAKARTA), holidays)


@given(clocks, moments, spans)
def test_between_now_and_the_deadline_lies_what_was_given(clock, moment, span):
    assert clock.between(moment, clock.after(moment, span)) == span


@given(clocks, moments, spans, spans)
def test_two_spans_in_a_row_are_one(clock, moment, first, second):
    rest = clock.after(clock.after(moment, first), second)
    assert clock.between(moment, rest) == first + second


@given(clocks, moments, moments, spans)
def test_what_comes_later_is_due_no_earlier(clock, one, other, span):
    first, second = sorted([one, other])
    assert clock.after(first, span) <= clock.after(second, span)


@given(clocks, moments, spans.filter(bool))
def test_a_deadline_falls_into_office_hours(clock, moment, span):
    due = clock.after(moment, span)
    hours_of_day = clock.week.days[due.weekday()]
    assert hours_of_day
    assert due.date() not in clock.holidays
    assert hours_of_day[0] < due.time() <= hours_of_day[1]


@given(weeks, moments)
def test_as_many_days_as_the_week_is_open_are_a_week(week, moment):
    clock = OfficeClock(week, JAKARTA)
    due = clock.after(moment, len(week.open_days) * week.day_length)
    week_long = clock.between(moment, moment + timedelta(days=7))
    # The length of a day is an average: its last microsecond is rounded.
    assert abs(clock.between(moment, due) - week_long) < timedelta(milliseconds=1)
