"""What a clerk confirmed of unknown headers, remembered in a file of its own: 表头别名.toml beside county.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bangfu_excel.core.fold import fold
from bangfu_excel.core.table import Table
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile.toml import complain, did_you_mean, load_model

FILE_NAME = "表头别名.toml"
_HEAD = """\
# 本文件由 bangfu headers 写出：经办人确认过的表头。一般不用手改；要撤销一条，删掉那一个表头即可。
# fields：这个栏目还有哪些叫法　ignored：不用的列，不再列为“多出的列”
"""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableAliases(_Model):
    """The headers of one table: field → further headers; headers of columns that are not wanted."""

    fields: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    ignored: tuple[str, ...] = ()


class AliasFile(_Model):
    """The content of 表头别名.toml."""

    tables: Mapping[str, TableAliases] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One header that a clerk decided on: a further header of `field`, or, where that is "", not wanted."""

    table: str
    header: str
    field: str


def load_aliases(folder: Path | None, tables: Mapping[str, Table]) -> AliasFile:
    """What was confirmed in a county; nothing where there is no such file.

    `ConfigError` where it names a table or field that is not there, or gives one header to two fields.
    """
    file = folder / FILE_NAME if folder else None
    if file is None or not file.is_file():
        return AliasFile()
    aliases = load_model(AliasFile, file)
    for name, wanted in aliases.tables.items():
        if name not in tables:
            raise complain(file, f"tables.{name}", f"没有这张表{did_you_mean(name, tables)}")
        _refuse(file, tables[name], wanted)
    return aliases


def _refuse(file: Path, table: Table, wanted: TableAliases) -> None:
    """Raises `ConfigError` for an unknown field, or a header that is another field's or unwanted as well."""
    owners = {fold(text): f.label for f in table.fields for text in f.headers}
    ignored = {fold(text) for text in wanted.ignored}
    for name, headers in wanted.fields.items():
        key = f"tables.{table.name}.fields.{name}"
        if name not in table:
            raise complain(file, key, f"没有这个字段{did_you_mean(name, table.names)}")
        for header in headers:
            owner = owners.setdefault(fold(header), table[name].label)
            if owner != table[name].label:
                raise complain(file, key, f"“{header}”已经是“{owner}”的叫法，不能再用")
            if fold(header) in ignored:
                raise complain(file, key, f"“{header}”同时又写在 ignored 里")


def with_aliases(table: Table, aliases: AliasFile) -> Table:
    """The table with the confirmed headers as certain ones."""
    more = aliases.tables.get(table.name, TableAliases()).fields
    fields = tuple(
        replace(f, aliases=tuple(dict.fromkeys((*f.aliases, *(h for h in more.get(f.name, ()) if h != f.label)))))
        for f in table.fields
    )
    return replace(table, fields=fields) if more else table


def ignored_headers(aliases: AliasFile) -> dict[str, frozenset[str]]:
    """Table → headers of columns that are not wanted."""
    return {name: frozenset(wanted.ignored) for name, wanted in aliases.tables.items() if wanted.ignored}


def aliases_text(folder: Path, tables: Mapping[str, Table], confirmed: Iterable[Confirmed]) -> str:
    """What 表头别名.toml in `folder` has to hold: what is there already and what is newly confirmed, in sorted order.

    A later decision on the same header replaces an earlier one. `ConfigError` where the folder is not there.
    """
    if not folder.is_dir():
        raise ConfigError(f"找不到本县配置文件夹：{folder}；请先用 bangfu init {folder} 建立")
    before = load_aliases(folder, tables)
    decisions = {
        (name, fold(header)): Confirmed(name, header, field)
        for name, wanted in before.tables.items()
        for field, headers in (*wanted.fields.items(), ("", wanted.ignored))
        for header in headers
    }
    decisions |= {(c.table, fold(c.header)): c for c in confirmed}
    lines = [_HEAD]
    for name in tables:
        lines += _section(name, [c for c in decisions.values() if c.table == name])
    return "\n".join(lines)


def _section(table: str, decisions: list[Confirmed]) -> list[str]:
    unwanted = sorted(c.header for c in decisions if not c.field)
    lines = [f"[tables.{table}]", f"ignored = {_listed(unwanted)}", ""] if unwanted else []
    fields = sorted({c.field for c in decisions if c.field})
    if fields:
        lines.append(f"[tables.{table}.fields]")
        lines += [f"{name} = {_listed(sorted(c.header for c in decisions if c.field == name))}" for name in fields]
        lines.append("")
    return lines


def _listed(texts: list[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'
