"""An unsafe production setting stops the start with a sentence that names the fix."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghij"


def start(code="", **environment):
    command = [sys.executable, "-c", f"import portal.settings as s; {code or 'pass'}"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own code


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or too short"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or too short"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is missing or too short"),
        ({"DEBUG": "1", "SITE_URL": "https://talent.example.gov.cn"}, "Unset DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=* accepts forged host names"),
        ({"SITE_URL": "talent.example.gov.cn"}, "is not an http(s) address"),
        ({"SITE_URL": "ftp://talent.example.gov.cn"}, "is not an http(s) address"),
        ({"AUDIT_DAYS": "179"}, "less than the 180 days for which the law asks"),
        ({"EMAIL_URL": "smtp://mail.example.gov.cn:25"}, "EMAIL_URL is set without DEFAULT_FROM_EMAIL"),
    ],
)
def test_an_unsafe_setting_stops_the_start(tmp_path, environment, sentence):
    result = start(**{"SECRET_KEY": KEY, "DATA_DIR": str(tmp_path)} | environment)

    assert result.returncode != 0
    assert sentence in result.stderr


def test_https_turns_on_what_breaks_plain_http(tmp_path):
    code = "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.FORCE_SCRIPT_NAME)"

    def printed(address):
        return start(code, SECRET_KEY=KEY, DATA_DIR=str(tmp_path), SITE_URL=address).stdout.split()

    assert printed("https://talent.example.gov.cn") == ["__Host-sessionid", "True", "63072000", "None"]
    assert printed("https://www.example.gov.cn/rencai/") == ["__Host-sessionid", "True", "63072000", "/rencai"]
    assert printed("http://192.168.1.5:8000") == ["sessionid", "False", "0", "None"]


def test_the_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text(KEY)
    (tmp_path / "secret_key").write_text(KEY[::-1])

    by_path = start("print(s.SECRET_KEY)", SECRET_KEY_FILE=str(tmp_path / "key"), DATA_DIR=str(tmp_path))
    by_place = start("print(s.SECRET_KEY)", DATA_DIR=str(tmp_path))

    assert [by_path.stdout.strip(), by_place.stdout.strip()] == [KEY, KEY[::-1]]


def test_mail_is_sent_only_by_a_named_server(tmp_path):
    code = "print(s.SENDS_MAIL, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"

    def printed(**environment):
        return start(
            code, SECRET_KEY=KEY, DATA_DIR=str(tmp_path), DEFAULT_FROM_EMAIL="portal@example.cn", **environment
        ).stdout.split()

    assert printed()[0] == "False"
    assert printed(EMAIL_URL="")[0] == "False"
    assert printed(EMAIL_URL="smtp+tls://me:p%40ss@mail.example:587") == ["True", "mail.example", "587", "p@ss", "True", "False"]
    assert printed(EMAIL_URL="smtp+ssl://me:p@mail.example:465") == ["True", "mail.example", "465", "p", "False", "True"]


def test_the_folder_of_a_test_run_goes_with_the_process_that_made_it():
    code = """
import os, subprocess, sys, tests.settings
from pathlib import Path
folder = Path(os.environ["DATA_DIR"])
subprocess.run([sys.executable, "-c", "import tests.settings"], check=True)
if not (child := os.fork()):
    sys.exit()
os.waitpid(child, 0)
print(folder, folder.name.startswith("talent-portal-tests-"), folder.is_dir())
"""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}

    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=kept, capture_output=True, text=True, check=True)  # noqa: S603 -- our own code

    folder, *said = run.stdout.split()
    assert (said, Path(folder).exists()) == (["True", "True"], False)
