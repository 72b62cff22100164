"""The woven strip as cells of a table."""

from core.drawing.selvedge import selvedge_rows
from outbox.selvedge import THREAD, TILES, WARP, selvedge_cells


def test_the_cells_fill_the_table_and_show_the_words() -> None:
    woven = [row * TILES for row in selvedge_rows()]
    width = len(woven[0])
    table: list[list[str]] = [[""] * width for _ in woven]
    # Laid out as a browser does: each cell takes the first free place of its row.
    for number, cells in enumerate(selvedge_cells()):
        for cell in cells:
            column = table[number].index("")
            for down in range(cell.down):
                for across in range(cell.across):
                    assert table[number + down][column + across] == ""
                    table[number + down][column + across] = cell.colour
    bits = ["".join("1" if colour == WARP else "0" for colour in row) for row in table]
    assert bits == woven
    assert {colour for colour in table[1] if colour != WARP} == {THREAD}
