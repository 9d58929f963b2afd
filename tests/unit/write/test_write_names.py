import pytest

from bangfu_excel.write.names import file_name, sheet_name


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        ("清水镇", (), "清水镇"),
        ("a/b\\c?d*e[f]g:h", (), "a_b_c_d_e_f_g_h"),
        ("", (), "表"),
        ("History", (), "History_"),
        ("Abc", ("aBC",), "Abc(2)"),
        ("𠮷" * 16, (), "𠮷" * 15),  # outside the basic plane a character counts as two
    ],
)
def test_sheet_names_are_what_excel_accepts(wanted, taken, given):
    assert sheet_name(wanted, taken) == given


@pytest.mark.parametrize(
    ("wanted", "given"),
    [("清水镇", "清水镇"), ("a/b:c", "a_b_c"), ("..", "未注明"), ("", "未注明"), ("con", "_con"), ("乡. ", "乡")],
)
def test_file_names_are_what_windows_accepts(wanted, given):
    assert file_name(wanted) == given
