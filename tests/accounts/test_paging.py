"""Long lists are counted as far as it is quick, and say so."""

import pytest

from accounts import paging
from accounts.models import User
from accounts.paging import BoundedPaginator, bounded_count, count_in_words
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 3)


@pytest.mark.parametrize(
    ("people", "counted", "words"), [(0, 0, "0"), (3, 3, "3"), (4, 4, "3+"), (9, 4, "3+")]
)
def test_what_is_beyond_is_only_said_to_be_there(people: int, counted: int, words: str) -> None:
    UserFactory.create_batch(people)

    assert bounded_count(User.objects.all()) == counted
    assert count_in_words(counted) == words


def test_pages_end_where_the_count_ends() -> None:
    UserFactory.create_batch(9)

    paginator = BoundedPaginator(User.objects.order_by("pk"), 2)

    assert (paginator.count, paginator.num_pages, paginator.counted) == (3, 2, "3+")
    assert len(paginator.get_page(99).object_list) == 1
