"""What the command line's library says of a wrong command, in Chinese."""

from __future__ import annotations

import re

_SENTENCES = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有“\1”这个选项，是不是“\2”？"),
    (r"No such option: (\S+)", r"没有“\1”这个选项"),
    (r"No such command '(.+?)'\.? Did you mean '(.+)'\?", r"没有“\1”这个命令，是不是“\2”？"),
    (r"No such command '(.+)'\.?", r"没有“\1”这个命令"),
    (r"Missing command\.?", "没有写要执行的命令"),
    (r"Missing (?:argument|option|parameter)s? (.+?)\.?", r"缺少 \1"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"多写了“\1”"),
    (r"Option '(.+)' requires .*", r"选项“\1”后面要写内容"),
    (r"Option '(.+)' does not take a value\.?", r"选项“\1”后面不写内容"),
    (r"Invalid value for (.+?): .*", r"\1 的内容不对"),
)


def in_chinese(sentence: str) -> str:
    """The sentence in Chinese; one that is not known as it is."""
    for pattern, chinese in _SENTENCES:
        if match := re.fullmatch(pattern, sentence.strip(), flags=re.S):
            return match.expand(chinese).replace("'", "").replace(", ", "”或“")
    return sentence
