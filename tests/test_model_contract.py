import pytest

from lde_qual.errors import TableError
from lde_qual.model.contract import CONTRACT_COLUMNS, FILLED_BY_PEOPLE, check_names


@pytest.mark.parametrize("name", ["coding", "respondent", "n", "N", "a", "phase", "unique_label", "kappa", "way_out"])
def test_columns_are_taken(name: str) -> None:
    """A name that a table uses for a column of its own may not be an attribute."""
    with pytest.raises(TableError, match=f"'{name}'") as caught:
        check_names(["leeftijd", name], what="attribute", error=TableError, line=1)
    assert caught.value.line == 1
    assert caught.value.way_out


@pytest.mark.parametrize(
    "name", ["role", "organisation", "function", "kind", "guide", "leeftijd", "interviewer", "status", "condition"]
)
def test_names_for_people_are_free(name: str) -> None:
    """What people are to fill, and any other name, may be an attribute."""
    check_names([name], what="attribute", error=TableError)


def test_the_two_sets_are_apart() -> None:
    """No name is both taken and for people to fill."""
    assert not CONTRACT_COLUMNS & FILLED_BY_PEOPLE
