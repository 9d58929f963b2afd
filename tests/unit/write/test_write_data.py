import json

import pandas as pd
import pyarrow.parquet as pq

from bangfu_excel.write.data import write_csv, write_json, write_table, write_text


def test_csv_opens_in_excel_and_runs_no_formula(tmp_path):
    frame = pd.DataFrame({"value": ["=1+1", "-5", "张三", None], "row": pd.array([1, None, 3, 4], dtype="Int64")})
    content = write_csv(frame.astype({"value": "str"}), tmp_path / "findings.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "value,row\r\n'=1+1,1\r\n'-5,\r\n张三,3\r\n,4\r\n"


def test_parquet_holds_canonical_columns_and_the_origin(tmp_path):
    rows = pd.DataFrame(
        {"head_name": ["张三"], "_file": ["a.xlsx"], "_sheet": ["户"], "_row": [4], "_key": ["H1"], "_withheld": [""]}
    )
    table = pq.read_table(write_table(rows, tmp_path / "data" / "household.parquet"))
    assert table.column_names == ["head_name", "_file", "_sheet", "_row"]
    assert table.num_rows == 1


def test_json_is_readable_and_ordered(tmp_path):
    text = write_json(tmp_path / "run.json", {"b": "乡镇", "a": 1}).read_text(encoding="utf-8")
    assert text == '{\n  "a": 1,\n  "b": "乡镇"\n}\n'
    assert json.loads(text) == {"a": 1, "b": "乡镇"}


def test_texts_have_the_line_ends_of_windows(tmp_path):
    assert write_text(tmp_path / "通知.txt", "一\n二\r\n").read_bytes() == b"\xef\xbb\xbf" + "一\r\n二\r\n".encode()
