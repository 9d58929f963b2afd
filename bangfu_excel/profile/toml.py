"""TOML to a checked model: every mistake is named with its file, its key and the nearest right spelling."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from bangfu_excel.core.spelling import is_it
from bangfu_excel.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)

_REASONS = {
    "missing": "缺少这一项",
    "string_type": "应为文字（加引号）",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表（写在方括号中）",
    "list_type": "应为列表（写在方括号中）",
    "dict_type": "应为一节（写成 [名称] 或花括号）",
    "mapping_type": "应为一节（写成 [名称] 或花括号）",
    "model_type": "应为一节（写成 [名称] 或花括号）",
}


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """，是不是“…”？ where a choice is alike, else the list of what may stand there."""
    known = sorted(choices)
    return is_it(word, known) or (f"，可用的有：{'、'.join(known)}" if known else "")


def complain(file: Path, key: str, reason: str) -> ConfigError:
    """The error to raise for one key of one file."""
    return ConfigError(f"配置文件{file.name}的“{key}”：{reason}（{file}）")


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file; `ConfigError` where it is missing or not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"打不开配置文件：{file}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"配置文件{file.name}不是 UTF-8 编码，请另存为 UTF-8（{file}）") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件{file.name}写法有误：{error}（{file}）") from error


def load_model(model: type[Model], file: Path) -> Model:
    """The file as a `model`; `ConfigError` names the first mistakes (at most five) with key and reason."""
    try:
        return model.model_validate(read_toml(file))
    except ValidationError as error:
        faults = [_fault(model, dict(item)) for item in error.errors()[:5]]
        raise ConfigError(f"配置文件{file.name}有误：{'；'.join(faults)}（{file}）") from error


def _fault(model: type[BaseModel], error: dict[str, Any]) -> str:
    path = tuple(error["loc"])
    where = f"“{_key_path(path)}”" if path else "全文"
    return f"{where}{_reason(model, path, error)}"


def _reason(model: type[BaseModel], path: tuple[str | int, ...], error: dict[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"不认识这一项{did_you_mean(str(path[-1]), _keys_at(model, path[:-1]))}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"填的是“{error['input']}”，应为{context['expected'].replace(', ', '、').replace(' or ', '、').replace(chr(39), '')}"
    if kind == "greater_than_equal":
        return f"不能小于{context['ge']:g}"
    if kind == "greater_than":
        return f"应大于{context['gt']:g}"
    if kind == "less_than_equal":
        return f"不能大于{context['le']:g}"
    if kind.startswith("date"):
        return "应为日期，如 2024-06-30（不加引号）"
    return _REASONS.get(kind, "填写不正确")


def _key_path(path: tuple[str | int, ...]) -> str:
    """cadences, 0, per → cadences[1].per: counted from 1, as people count."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand at `path` of a model."""
    at: type[BaseModel] | None = model
    for part in path:
        if at is None:
            return ()
        if isinstance(part, str) and part in at.model_fields:
            at = _model_in(at.model_fields[part].annotation)
    return tuple(at.model_fields) if at else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
