from telvet.inventory.cell_fault import CellFault


def test_a_cell_fault_says_what_and_how_to_mend_it() -> None:
    fault = CellFault(code="not-a-date", what="this is no date", fix="write YYYY-MM-DD")
    assert (fault.code, str(fault), fault.fix) == ("not-a-date", "this is no date", "write YYYY-MM-DD")
