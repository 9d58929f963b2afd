"""What holds of linking whatever is submitted."""

from hypothesis import given, settings
from hypothesis import strategies as st
from small_rows import linked, sheet

NAMES = ("张建国", "李秀英", "王小明", "赵大勇")
VILLAGES = ("柳溪村", "松林村", "-")
GROUPS = ("一组", "2组", "-")
IDS = ("H1", "H2", "H3", "-")

household = st.tuples(*map(st.sampled_from, (("青石镇", "-"), VILLAGES, GROUPS, IDS, NAMES)))
pairing = st.tuples(
    *map(st.sampled_from, (VILLAGES, IDS, NAMES, ("李明", "王芳"), ("13900020002", "-"), ("农业局", "-")))
)
visit = st.tuples(
    st.sampled_from(VILLAGES), st.sampled_from(GROUPS), st.sampled_from((*IDS, "H1、H2")),
    st.sampled_from((*NAMES, "周天", "张建国、李秀英")), st.sampled_from(("李明", "王芳、李明", "周末")),
)  # fmt: skip
SLOWLY = settings(max_examples=settings.default.max_examples // 2)  # three tables linked several times each


def submitted(households, pairings, visits):
    """The three tables, each line with a remark that says which it is."""

    def lines(rows):
        return [" ".join((*row, f"n{number}")) for number, row in rows]

    regions = [
        sheet("household", "township village group household_id head_name remark", *lines(households)),
        sheet(
            "pairing",
            "village household_id recipient_name helper_name helper_phone helper_unit remark",
            *lines(pairings),
        ),
        sheet("visit", "village villager_group household_id head_name visitors remark", *lines(visits)),
    ]
    return [region for region in regions if len(region.frame)]


def links(rows):
    """Every record by what its line says: table, remark, recipient, helpers, link, outcome."""
    return sorted(
        tuple(map(str, (name, *record)))
        for name, frame in rows.frames.items()
        for record in frame[["remark", "_key", "_recipient", "_helper", "_link", "_outcome"]].itertuples(index=False)
    )


def tables(draw):
    return [list(enumerate(draw(st.lists(row, min_size=1, max_size=6)))) for row in (household, pairing, visit)]


@given(st.data())
@SLOWLY
def test_no_row_is_lost_or_made(data):
    regions = submitted(*tables(data.draw))
    rows, _ = linked(*regions)
    for region in regions:
        frame = rows[region.source.table]
        assert set(frame["_row"]) == set(region.frame["_row"])
        assert list(frame.index) == list(range(len(frame)))


@given(st.data())
@SLOWLY
def test_the_order_of_rows_does_not_matter(data):
    drawn = tables(data.draw)
    shuffled = [data.draw(st.permutations(rows)) for rows in drawn]
    assert links(linked(*submitted(*drawn))[0]) == links(linked(*submitted(*shuffled))[0])


@given(st.data())
@SLOWLY
def test_a_recipient_is_a_household_that_is_there_and_certain(data):
    rows, _ = linked(*submitted(*tables(data.draw)))
    keys = set(rows["household"]["_key"].dropna())
    for name in ("pairing", "visit"):
        found = rows[name][rows[name]["_link"].isin(("exact", "by_name"))]
        assert set(found["_recipient"]) <= keys
