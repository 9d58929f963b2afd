"""Column checks: pandera judges the typed frame, its verdicts become breaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.validate.breach import Breach
from bangfu_excel.validate.schema import column_schema, field_checks
from bangfu_excel.validate.settings import ValidateSettings


def column_breaches(
    typed: TypedRegion, table: Table, settings: ValidateSettings, settled: Collection[str] = ()
) -> tuple[Breach, ...]:
    """The rows that break a column check. A check that crashed, or a wrong dtype, is a bug and raises."""
    # pandera's frames of failure cases cost 2 µs a case and are not needed: check_output already says which rows
    schema = column_schema(table, settings.codelists, settings.given.as_of, cases=1)
    try:
        schema.validate(typed.frame.drop(columns=list(settled)), lazy=True)
    except SchemaErrors as errors:
        return tuple(_breaches(errors.schema_errors, table, settings))
    return ()


def _breaches(errors: list[SchemaError], table: Table, settings: ValidateSettings) -> Iterator[Breach]:
    for error in errors:
        if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK or not isinstance(error.schema, pa.Column):
            raise error
        field = table[error.schema.name]
        check = field_checks(field, settings.codelists, settings.given.as_of)[error.check_index]
        passed: pd.Series = error.check_output
        # pandera drops missing values before it checks: only the index says which rows its verdicts are about
        rows = passed.index.to_numpy()[~passed.fillna(True).to_numpy(dtype=bool)]
        yield Breach(check.message, (field.name,), rows, [check.words] * len(rows))
