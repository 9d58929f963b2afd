"""Where the disk does not do what it is asked to: a sentence, and the registry as it was; later it goes on."""

import errno
import os
import shutil
import tempfile

import pytest
from invented_rows import Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, journal, merge, storage

BATCH = batch_of([Line("户.xlsx", 4, {"household_id": "H1", "head_name": "张三"})])
NEXT = batch_of([Line("户.xlsx", 4, {"household_id": "H2", "head_name": "李四"})], version="2", period="2024-07")


class System:
    """`os` with some functions of our own."""

    def __init__(self, **own):
        self.__dict__.update(own)

    def __getattr__(self, name):
        return getattr(os, name)


@pytest.fixture
def registry(tmp_path):
    registry = Registry(tmp_path / "台账库")
    merge(BATCH, registry)
    return registry


def kept(registry):
    return {path: path.read_bytes() for path in registry.path.rglob("*") if path.is_file()}


def refusing(number, after, operation):
    """The operation, which fails with this error from its n-th call on."""
    calls = iter(range(10_000))

    def refused(*args, **kwargs):
        if next(calls) >= after:
            raise OSError(number, os.strerror(number))
        return operation(*args, **kwargs)

    return refused


@pytest.mark.parametrize("after", range(4))
@pytest.mark.parametrize("operation", ["fdopen", "fsync"])
def test_a_disk_that_fills_up_is_said_and_nothing_has_changed(registry, monkeypatch, operation, after):
    before = kept(registry)
    with monkeypatch.context() as patch:
        patch.setattr(storage, "os", System(**{operation: refusing(errno.ENOSPC, after, getattr(os, operation))}))
        with pytest.raises(RegistryError, match="写不进去：磁盘满了，请腾出空间再运行一次。库里的内容没有变"):
            merge(NEXT, registry)
    now = kept(registry)
    assert {path: now[path] for path in before} == before
    assert not [path for path in now if path.name.startswith(storage.TEMPORARY)]
    assert registry.verify().intact
    assert registry.current("household")["_key"].tolist() == ["H1"]
    merge(NEXT, registry)
    assert registry.current("household")["_key"].tolist() == ["H1", "H2"]


def test_a_disk_that_fills_up_while_an_entry_is_written_in_place_leaves_a_torn_one(registry, monkeypatch):
    def no_link(*_):
        raise OSError(errno.EPERM, "no")

    def half(path, mode="r", *args, opened=storage.Path.open, **kwargs):
        if mode != "xb":
            return opened(path, mode, *args, **kwargs)
        path.write_bytes(b'{"batch"')
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(journal, "_MOMENTS", 1)
    monkeypatch.setattr(storage, "os", System(link=no_link, rename=no_link))
    with monkeypatch.context() as patch:
        patch.setattr(storage.Path, "open", half)
        with pytest.raises(RegistryError, match="磁盘满了"):
            merge(NEXT, registry)
    assert registry.current("household")["_key"].tolist() == ["H1"]
    assert registry.verify().intact
    merge(NEXT, registry)
    assert [entry.seq for entry in registry.journal.entries()] == [1, 3]
    assert registry.verify().intact


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_folder_that_cannot_be_written_is_said(registry, monkeypatch, number):
    monkeypatch.setattr(storage.tempfile, "mkstemp", refusing(number, 0, tempfile.mkstemp))
    before = kept(registry)
    for act in (
        lambda: merge(NEXT, registry),
        lambda: registry.issue("2024-06"),
        lambda: registry.undo(batch(registry)),
    ):
        with pytest.raises(RegistryError, match=r"写不进去：.*，请"):
            act()
    assert kept(registry) == before


def batch(registry):
    return registry.batches()["id"][0]


def test_a_path_that_is_too_long_is_said(tmp_path):
    with pytest.raises(RegistryError, match="路径太长，请把台账库放到"):
        merge(BATCH, Registry(tmp_path / ("长" * 300)))


@pytest.mark.parametrize("name", ["submissions", "journal"])
def test_a_file_in_the_place_of_a_folder_is_said(tmp_path, name):
    registry = Registry(tmp_path / "台账库")
    registry.path.mkdir()
    (registry.path / name).write_bytes(b"")
    with pytest.raises(RegistryError, match="有一个文件占了文件夹的位置"):
        merge(BATCH, registry)


def test_an_entry_that_another_writer_is_still_writing_is_waited_for(registry, monkeypatch):
    """In place: the second undoing comes while the first has written half of its entry."""
    second = registry.path / "journal" / "00000002.json"
    other = Registry(registry.path.parent / "另")
    shutil.copytree(registry.path, other.path)
    other.undo(batch(other))
    whole = (other.path / "journal" / second.name).read_bytes()
    second.write_bytes(whole[:20])
    slept = []

    def moment(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            second.write_bytes(whole)

    monkeypatch.setattr(journal.time, "sleep", moment)
    with pytest.raises(RegistryError, match="已经撤回过了"):
        registry.undo(batch(registry))
    assert (len(slept), sum(slept) < 1) == (3, True)


def test_an_entry_that_nobody_finishes_is_passed_over_after_a_moment(registry, monkeypatch):
    (registry.path / "journal" / "00000002.json").write_bytes(b'{"batch"')
    slept = []
    monkeypatch.setattr(journal.time, "sleep", slept.append)
    registry.undo(batch(registry))
    assert [entry.seq for entry in registry.journal.entries()] == [1, 3]
    assert 1 <= sum(slept) <= 3


def windows(patch):
    """Renaming never replaces, there are no hard links, and a file that another holds open is not replaced."""

    def rename(source, target):
        if os.path.exists(target):
            raise FileExistsError(errno.EEXIST, "there", str(target))
        os.rename(source, target)

    patch.setattr(storage, "os", System(name="nt", rename=rename, link=None))


def test_on_windows_an_entry_appears_by_renaming_which_never_replaces(registry, monkeypatch):
    windows(monkeypatch)
    merge(NEXT, registry)
    assert [entry.seq for entry in registry.journal.entries()] == [1, 2]
    with pytest.raises(FileExistsError):
        storage.create(registry.path / "journal" / "00000002.json", b"{}\n")
    assert registry.verify().problems.empty


def test_on_windows_a_file_that_another_run_has_just_written_and_holds_open_is_left(tmp_path, monkeypatch):
    path = tmp_path / "x"

    def held_open(temporary, target):
        target.write_bytes(b"same")
        raise PermissionError(errno.EACCES, "held open")

    monkeypatch.setattr(storage.Path, "replace", held_open)
    storage.put(path, b"same")
    assert [one.name for one in tmp_path.iterdir()] == ["x"]
    with pytest.raises(RegistryError, match="没有权限"):
        storage.put(path, b"other")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_who_may_use_the_folder_may_use_its_files(registry):
    registry.path.parent.chmod(0o770)
    for path in registry.path.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o777 == path.parent.stat().st_mode & 0o666
