"""Secrets of second factors are kept encrypted, under a key ring that is never lost in silence."""

import pytest
from allauth.mfa.models import Authenticator
from tests.builders import an_account

from fuyuantong.accounts.keeping import kept, opened
from fuyuantong.seal.key_ring import BadKeyFile
from fuyuantong.seal.vault import SecretDamaged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_a_kept_secret_is_opened_again():
    assert opened(kept("JBSWY3DPEHPK3PXP")) == "JBSWY3DPEHPK3PXP"
    assert "JBSWY3DP" not in kept("JBSWY3DPEHPK3PXP")


def test_no_two_look_alike():
    assert kept("JBSWY3DPEHPK3PXP") != kept("JBSWY3DPEHPK3PXP")


@pytest.mark.parametrize("damage", [lambda text: text[:-8] + "AAAAAAA=", lambda text: text.split(":")[0] + ":?"])
def test_a_damaged_secret_is_refused(damage):
    with pytest.raises(SecretDamaged):
        opened(damage(kept("JBSWY3DPEHPK3PXP")))


def test_a_lost_key_file_is_not_made_anew_while_it_is_needed():
    Authenticator.objects.create(user=an_account(), type=Authenticator.Type.TOTP, data={})

    with pytest.raises(BadKeyFile, match="密钥文件不存在"):
        kept("JBSWY3DPEHPK3PXP")
