"""Money, codes, names, order keys and secrets of the kernel and the settings."""

import stat
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from backlog import config
from backlog.kernel import clock, codes, money, order, text
from backlog.people.rules import TRIES, password_faults, seconds_to_wait, session_is_live

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["20万", "20w", "200,000", "¥200000", "２０万", "￥200,000.00", "200千", "200000元"])
def test_amounts_in_any_writing_are_one_amount(typed: str) -> None:
    assert money.read_amount(typed) == Decimal("200000.00")


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.005", "1,00", "1_000", "NaN", "1e5", "1e999999999", "9" * 61, "--1", "10000000000000"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        money.read_amount(typed)


def test_no_fen_is_lost() -> None:
    with pytest.raises(ValueError, match="fen"):
        money.to_fen(Decimal("1.005"))
    assert money.from_fen(money.to_fen(Decimal("-0.01"))) == Decimal("-0.01")


@pytest.mark.parametrize(("typed", "code"), [("uc-7", ("UC", 7)), ("ＵＣ－７", ("UC", 7)), (" AIQC-12 ", ("AIQC", 12))])
def test_codes_are_read_in_any_writing(typed: str, code: tuple[str, int]) -> None:
    assert codes.read_code(typed) == code


@pytest.mark.parametrize("typed", ["UC", "UC-0", "UC-07", "-7", "UC-" + "9" * 19, "U-7", "UC-7; DROP", "x" * 10_000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read_code(typed) is None


def test_a_name_is_shown_without_what_cannot_be_seen() -> None:
    assert text.clean_name("  林\u202e悦\u200b \n x ") == "林悦 x"
    assert not text.is_storable("a\x00b")
    assert not text.is_storable("\ud800")
    assert text.fold("ＬＩＮ＠x.example") == text.fold("lin@X.EXAMPLE ")


def test_a_million_keys_at_the_end_stay_short_and_in_order() -> None:
    keys = order.keys_from(None, None, 3000)
    assert keys == sorted(keys)
    assert max(map(len, keys)) < 12
    assert keys[0] < order.key_between(keys[0], keys[1]) < keys[1]
    with pytest.raises(ValueError, match="order"):
        order.key_between("b", "a")


def test_between_two_neighbours_there_is_always_room() -> None:
    low, high = "V", "V00001"
    for _ in range(200):
        high = order.key_between(low, high)
        assert low < high


@pytest.mark.parametrize(
    "password",
    ["1234567", "password1", "灯塔dengta", "林悦林悦", "aaaaaaaaaa", "lin@dengta.example"],
)
def test_weak_passwords_have_a_fault(password: str) -> None:
    assert password_faults(password, "林悦林悦", "lin@dengta.example")


@pytest.mark.parametrize("password", ["xyz " * 32, " 带 空格 的 口令 1 ", "correct horse 12"])
def test_good_passwords_are_taken_as_they_are(password: str) -> None:
    faults = password_faults(password, "林悦", "lin@dengta.example")
    assert faults == []


def test_no_wait_is_longer_than_fifteen_minutes_whatever_the_clock() -> None:
    for shift in (
        -timedelta(days=365),
        -timedelta(hours=1),
        timedelta(0),
        timedelta(minutes=3),
        timedelta(hours=1),
        timedelta(days=365),
    ):
        assert 0 <= seconds_to_wait([NOW + shift] * TRIES, NOW) <= 900
    assert seconds_to_wait([NOW + timedelta(days=365)] * 1000, NOW) == 0


def test_a_session_ends_by_both_limits() -> None:
    hour = timedelta(hours=1)
    assert session_is_live(NOW - hour, NOW - hour, NOW, 168, 720)
    assert not session_is_live(NOW - 720 * hour, NOW, NOW, 168, 720)
    assert not session_is_live(NOW - 200 * hour, NOW - 168 * hour, NOW, 168, 720)


def test_a_session_of_a_clock_a_year_ahead_is_over_and_one_of_an_hour_ahead_is_not() -> None:
    hour, year = timedelta(hours=1), timedelta(days=365)
    assert session_is_live(NOW + hour, NOW + hour, NOW, 168, 720)
    assert not session_is_live(NOW + year, NOW + year, NOW, 168, 720)


def test_a_day_is_a_day_of_the_viewers_zone() -> None:
    late = datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert str(clock.day_of(late)) == "2026-11-23"
    assert str(clock.day_of(late, "America/New_York")) == "2026-11-22"


@pytest.mark.parametrize("key", ["short", "secret", "a" * 64, "changeme"])
def test_a_weak_secret_key_stops_the_start(tmp_path: Path, key: str) -> None:
    with pytest.raises(config.SettingError, match="BACKLOG_SECRET_KEY"):
        config.from_environment({"BACKLOG_SECRET_KEY": key, "BACKLOG_INSTANCE": str(tmp_path)})


def test_a_generated_key_is_kept_and_its_owners_alone(tmp_path: Path) -> None:
    first = config.from_environment({"BACKLOG_INSTANCE": str(tmp_path / "new")})
    assert config.from_environment({"BACKLOG_INSTANCE": str(tmp_path / "new")}).secret_key == first.secret_key
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    (tmp_path / "new" / "secret.key").write_text("")
    with pytest.raises(config.SettingError, match=r"secret\.key"):
        config.from_environment({"BACKLOG_INSTANCE": str(tmp_path / "new")})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "0"),
        ("PORT", "x"),
        ("PORT", "70000"),
        ("BACKLOG_API_RATE", "-1"),
        ("BACKLOG_DATABASE_URL", "mysql://x"),
        ("BACKLOG_LOG_LEVEL", "LOUD"),
        ("BACKLOG_METRICS_OPEN", "yes"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(config.SettingError, match=variable) as stopped:
        config.from_environment({variable: value, "BACKLOG_INSTANCE": str(tmp_path)})
    assert "\n" not in str(stopped.value)
