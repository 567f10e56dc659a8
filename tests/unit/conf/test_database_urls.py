"""Which database the application uses: ours, or the one that the environment names."""

from pathlib import Path

import pytest

from fuyuantong.conf.databases import DatabaseUrlUnreadable, databases, options

OWNER = "postgresql://keeper:p%40ss@db.example:5433/county?sslmode=require"


@pytest.fixture(autouse=True)
def no_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what the tester has set."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("APP_DATABASE_URL", raising=False)


def test_without_a_url_it_is_our_own_server(open_dir: Path) -> None:
    found = databases(open_dir)

    assert (found["default"]["USER"], found["owner"]["USER"]) == ("app", "owner")
    assert found["default"]["HOST"] == found["owner"]["HOST"] == str(open_dir / "postgres" / "socket")
    assert found["default"]["PASSWORD"] != found["owner"]["PASSWORD"]


def test_a_url_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", OWNER)

    owner = databases(tmp_path)["owner"]

    assert {name: owner[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")} == {
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "county",
        "USER": "keeper",
        "PASSWORD": "p@ss",
    }
    assert options(owner) == {"connect_timeout": "10", "sslmode": "require"}


def test_the_application_has_a_role_of_its_own_on_the_same_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", OWNER)

    app = databases(tmp_path)["default"]

    assert (app["HOST"], app["USER"]) == ("db.example", "app")
    assert app["PASSWORD"] == (tmp_path / "app.password").read_text(encoding="ascii")


def test_the_application_may_have_a_url_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", OWNER)
    monkeypatch.setenv("APP_DATABASE_URL", "postgres://app:secret@other/county")

    assert databases(tmp_path)["default"]["HOST"] == "other"


def test_the_applications_role_has_a_fixed_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", OWNER)
    monkeypatch.setenv("APP_DATABASE_URL", "postgres://somebody:secret@other/county")

    with pytest.raises(DatabaseUrlUnreadable, match="somebody"):
        databases(tmp_path)


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres://a@b", "nonsense", "postgres://[a/c"])
def test_what_is_no_url_of_a_database_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(DatabaseUrlUnreadable, match="DATABASE_URL"):
        databases(tmp_path)
