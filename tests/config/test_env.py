"""The typed readers: right values read, wrong ones answered by a sentence that names the variable."""

import base64
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.local_secret import make_badge_key, read_or_make_secret


def test_text_is_trimmed_and_an_absent_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CK_TEXT", "  palm ")
    assert env.read_text("CK_TEXT") == "palm"
    monkeypatch.setenv("CK_TEXT", "   ")
    assert env.read_text("CK_TEXT", "default") == "default"
    with pytest.raises(ImproperlyConfigured, match="Set the environment variable CK_TEXT"):
        env.read_text("CK_TEXT")


@pytest.mark.parametrize(("word", "truth"), [("yes", True), ("ON", True), ("1", True), ("no", False), ("", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, word: str, truth: bool) -> None:
    monkeypatch.setenv("CK_FLAG", word)
    assert env.read_flag("CK_FLAG", default=not truth) is truth


def test_a_strange_flag_and_a_strange_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CK_FLAG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="CK_FLAG is 'perhaps'; use yes or no"):
        env.read_flag("CK_FLAG")
    monkeypatch.setenv("CK_NUMBER", "many")
    with pytest.raises(ImproperlyConfigured, match="CK_NUMBER is 'many'; use a whole number"):
        env.read_number("CK_NUMBER", 3)


def test_lists_drop_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CK_LIST", "a, b,, c ,")
    assert env.read_list("CK_LIST") == ["a", "b", "c"]


def test_sqlite_is_the_default_and_waits_its_turn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CK_DATABASE", raising=False)
    database = env.read_database("CK_DATABASE", tmp_path / "x.sqlite3")
    assert database["NAME"] == str(tmp_path / "x.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CK_DATABASE", "postgresql://kh%40um:p%2Fw@db.example:5433/chuoy?sslmode=require")
    monkeypatch.setenv("DATABASE_POOL", "5")
    database = env.read_database("CK_DATABASE", tmp_path)
    named = {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {"NAME": "chuoy", "USER": "kh@um", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "5433"}
    assert database["OPTIONS"] == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 5, "timeout": 10}}
    assert "CONN_MAX_AGE" not in database


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CK_DATABASE", "mysql://x/y")
    with pytest.raises(ImproperlyConfigured, match="CK_DATABASE starts with 'mysql'"):
        env.read_database("CK_DATABASE", tmp_path)


def test_mail_addresses() -> None:
    settings = env.read_mail("smtp://post:se%40cret@mail.example:2525")
    assert settings["EMAIL_HOST_PASSWORD"] == "se@cret"
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (2525, True, False)
    assert env.read_mail("smtps://mail.example")["EMAIL_PORT"] == 465
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL looks wrong"):
        env.read_mail("mail.example")


def test_badge_keys_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    secret, public = (base64.urlsafe_b64encode(bytes([number]) * 32).decode().rstrip("=") for number in (251, 7))
    monkeypatch.setenv("CK_KEYS", f"secret:{secret}, public:{public}")
    assert env.read_keys("CK_KEYS") == [("secret", bytes([251]) * 32), ("public", bytes([7]) * 32)]
    monkeypatch.delenv("CK_KEYS")
    assert env.read_keys("CK_KEYS") == []
    assert [kind for kind, _raw in env.read_keys("CK_KEYS", make_badge_key())] == ["secret"]


@pytest.mark.parametrize("text", ["secret:short", "private:" + "A" * 43, "A" * 43, "secret:" + "!" * 43])
def test_a_key_that_cannot_be_read_is_not_shown(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CK_KEYS", text)
    with pytest.raises(ImproperlyConfigured, match="CK_KEYS has a key that cannot be read") as caught:
        env.read_keys("CK_KEYS")
    assert text not in str(caught.value)


def test_keys_that_only_verify_cannot_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CK_KEYS", "public:" + "A" * 43)
    with pytest.raises(ImproperlyConfigured, match="CK_KEYS has no secret key"):
        env.read_keys("CK_KEYS")


def test_a_machine_keeps_its_secret(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret_key"
    secret = read_or_make_secret(path)
    assert len(secret) >= 50
    assert read_or_make_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
