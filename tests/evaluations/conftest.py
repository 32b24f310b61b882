import pytest


@pytest.fixture(autouse=True)
def keys_folder(settings, tmp_path):
    """Each test has a key folder of its own."""
    folder = tmp_path / "round_keys"
    folder.mkdir(mode=0o700)
    settings.ROUND_KEYS_DIR = folder
    return folder
