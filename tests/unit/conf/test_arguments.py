"""What is typed wrongly after a command is refused in Chinese, with exit code 2 and nothing else."""

import pytest
from tests.terminal import Terminal


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("matter", "list"), "参数有误：缺少 --as"),
        (("matter", "show"), "参数有误：缺少 事项编号"),
        (("prove", "everything"), "参数有误：不认识 everything"),
        (("clock", "due", "--length", "two"), "参数有误：--length “two”不是整数"),
        (("clock", "due", "--period"), "参数有误：--period 后面须接一项内容"),
        (("clock", "due", "--batch", "file"), "参数有误：--batch “file”不在可选之列：'-'"),
        (("clock", "due", "--json=yes"), "参数有误：--json 后面不接内容，却写了 'yes'"),
        (("act", "--set"), "参数有误：--set 后面至少接一项内容"),
        (("act", "--o", "x"), "参数有误：--o 不明确，可能是 --organ, --on-behalf-of, --open"),
        (("demo", "load", "--seed", "x"), "参数有误：--seed “x”不是整数"),
    ],
)
def test_a_fault_is_named_in_chinese(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    answer = terminal(*words)

    assert (answer.code, answer.said) == (2, "")
    assert answer.refused.splitlines()[0] == said
    assert f"fyt {' '.join(words[:2])}".startswith(
        answer.refused.splitlines()[1].split("查看参数：")[1].split(" --")[0]
    )


def test_machines_get_a_problem(terminal: Terminal) -> None:
    answer = terminal("matter", "list", "--json")

    assert answer.code == 2
    assert (answer.data["type"], answer.data["detail"]) == ("urn:fuyuantong:refusal:bad-option", "缺少 --as")


def test_help_is_chinese_and_shows_what_is_ours(terminal: Terminal) -> None:
    answer = terminal("clock", "due", "--help")

    assert answer.code == 0
    assert answer.said.startswith("用法：fyt clock due")
    assert "法定期限编号" in answer.said
    assert "show" not in answer.said
    assert "--settings" not in answer.said


def test_a_command_of_django_keeps_its_own_words(terminal: Terminal) -> None:
    assert terminal("shell", "-c", "print(6 * 7)").said.endswith("42\n")


@pytest.mark.django_db(databases=["default", "owner"])
def test_what_django_refuses_is_said_without_a_trace(terminal: Terminal) -> None:
    answer = terminal("migrate", "nowhere")

    assert (answer.code, answer.refused) == (1, "No installed app with label 'nowhere'.\n")
