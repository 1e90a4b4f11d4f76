"""What several tests of news need."""

import pytest

from regions.models import Region
from tests.factories import MUSI_BANYUASIN, TOMAN


@pytest.fixture
def elsewhere(db) -> Region:
    """Another village of the same regency, in another district."""
    here = Region.objects.get(code=TOMAN)
    found = Region.objects.filter(level=4, code__startswith=f"{MUSI_BANYUASIN}.").exclude(parent=here.parent)
    return found.exclude(name=here.name).order_by("code")[0]
