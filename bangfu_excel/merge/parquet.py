"""Frames as Parquet and as a digest: the same frame gives the same bytes, and comes back with the same dtypes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bangfu_excel.errors import RegistryError

_DTYPE = b"dtype"
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(), pa.bool_(): pd.BooleanDtype()}


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame without its index; each column remembers its pandas dtype."""
    arrays = [_array(frame[name]) for name in frame.columns]
    fields = [
        pa.field(str(name), array.type, metadata={_DTYPE: str(frame[name].dtype).encode()})
        for name, array in zip(frame.columns, arrays, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def to_bytes(table: pa.Table) -> bytes:
    """The table as one Parquet file, written with fixed options."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, version="2.6", compression="zstd", row_group_size=131_072, use_dictionary=True)
    return bytes(sink.getvalue().to_pybytes())


def read_arrow(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The table in `path`; a file that is missing or no Parquet raises `RegistryError` that names it."""
    try:
        return pq.ParquetFile(path).read(columns=list(columns) if columns is not None else None)
    except FileNotFoundError as error:
        raise RegistryError(f"台账库里缺少文件“{path}”，请从备份恢复") from error
    except (pa.ArrowException, OSError) as error:
        raise RegistryError(f"台账库的文件“{path}”读不出来，可能已损坏，请从备份恢复") from error


def to_frame(table: pa.Table) -> pd.DataFrame:
    """The table as a frame with the dtypes that its columns remember and a RangeIndex."""
    dtypes = {field.name: pd.api.types.pandas_dtype(_dtype(field)) for field in table.schema}
    nullable = [name for name, dtype in dtypes.items() if isinstance(dtype, tuple(map(type, _NULLABLE.values())))]
    plain = [name for name in dtypes if name not in nullable]
    found = pa.table([_filled(table.column(name), dtypes[name]) for name in plain], names=plain).to_pandas()
    found = found.astype({name: dtypes[name] for name in plain if found[name].dtype != dtypes[name]})
    beside = table.select(nullable).to_pandas(types_mapper=_NULLABLE.get)
    return pd.concat([found, beside], axis=1)[list(dtypes)]


def stack(tables: Sequence[pa.Table]) -> pa.Table:
    """The tables one below the other; a column that some lack is missing there."""
    return pa.concat_tables(tables, promote_options="permissive")


def digest(table: pa.Table) -> str:
    """SHA-256 of names, dtypes and values, whatever library version wrote or chunked them."""
    state = hashlib.sha256()
    for name in sorted(table.column_names):
        field = table.schema.field(name)
        state.update(f"{name}\x00{_dtype(field)}\x00{table.num_rows}\x00".encode())
        for part in _plain_bytes(table.column(name).combine_chunks()):
            state.update(part)
    return state.hexdigest()


def _array(series: pd.Series) -> pa.Array:
    array = pa.array(series, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string()) if pa.types.is_string(array.type) else array


def _filled(column: pa.ChunkedArray, dtype: Any) -> pa.ChunkedArray:
    """The column, 0 where a number that cannot be missing is."""
    return pc.fill_null(column, pa.scalar(0).cast(column.type)) if column.null_count and dtype.kind in "iub" else column


def _dtype(field: pa.Field) -> str:
    remembered = (field.metadata or {}).get(_DTYPE)
    return remembered.decode() if remembered else str(field.type)


def _plain_bytes(array: pa.Array) -> tuple[bytes, ...]:
    missing = np.packbits(pc.is_null(array).to_numpy(zero_copy_only=False)).tobytes()
    if pa.types.is_large_string(array.type):
        texts = pc.fill_null(array, "")
        lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype("<i8").tobytes()
        return (missing, lengths, _text_bytes(texts))
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    filled = pc.fill_null(array, False if pa.types.is_boolean(array.type) else 0)
    return (missing, filled.to_numpy(zero_copy_only=False).tobytes())


def _text_bytes(texts: pa.Array) -> bytes:
    if not len(texts):
        return b""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(data[int(ends[0]) : int(ends[-1])]) if data is not None else b""
