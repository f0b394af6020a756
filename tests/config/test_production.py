"""Production refuses to start on a weak value: one sentence, exit code 1, no stack trace."""

from pathlib import Path

import pytest

from tests.home.production import SECRET, run_manage

WEAK = "SECRET_KEY is too weak: use at least 50 random characters that nobody else has."
HOSTS = "Set ALLOWED_HOSTS to the names of this site, such as chuoykhum.example."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"SECRET_KEY": ""}, "Set the environment variable SECRET_KEY.", id="no secret"),
        pytest.param({"SECRET_KEY": SECRET[:49]}, WEAK, id="short secret"),
        pytest.param({"SECRET_KEY": "ab" * 40}, WEAK, id="monotonous secret"),
        pytest.param({"SECRET_KEY": f"django-insecure-{SECRET}"}, WEAK, id="Django's default secret"),
        pytest.param({"SECRET_KEY": f"only-for-tests-{SECRET}"}, WEAK, id="the tests' secret"),
        pytest.param({"DEBUG": "yes"}, "DEBUG is on. Production never starts with it: unset DEBUG.", id="debug"),
        pytest.param({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'; use yes or no.", id="unclear debug"),
        pytest.param({"ALLOWED_HOSTS": ""}, HOSTS, id="no host"),
        pytest.param({"ALLOWED_HOSTS": " , "}, HOSTS, id="blank hosts"),
        pytest.param({"ALLOWED_HOSTS": "localhost,*"}, HOSTS, id="any host"),
        pytest.param(
            {"PROXIES": "-1"},
            "PROXIES is below zero; use the number of proxies in front of this site.",
            id="fewer than no proxies",
        ),
    ],
)
def test_a_weak_value_stops_the_start(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    ended = run_manage("serve", var=tmp_path / "var", **changes)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"Chuoy Khum cannot start. {sentence}\n")
    assert not (tmp_path / "var").exists()


def test_the_trace_is_there_for_who_asks(tmp_path: Path) -> None:
    ended = run_manage("serve", "--traceback", var=tmp_path, SECRET_KEY="short")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Traceback (most recent call last):")


def test_the_deployment_checks_find_nothing(tmp_path: Path) -> None:
    module = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    ended = run_manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, HTTPS="yes", **module)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "System check identified no issues (3 silenced).\n"
