"""Training counties: places whose matters are drills and stand beside no real ones."""

from typing import Final

from fuyuantong.matters.models.matter import Provenance
from fuyuantong.matters.models.place_setting import PlaceSetting

TRAINING: Final = "training-county"  # the place setting by which a training county is known as one


def provenance_in(region_code: str) -> Provenance:
    """Return what a matter is that begins in a place by itself: a drill in a training county."""
    is_training = PlaceSetting.objects.filter(key=TRAINING, region_code=region_code).exists()
    return Provenance.TRAINING if is_training else Provenance.LIVE
