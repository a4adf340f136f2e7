from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def head_file(settings: Settings, tmp_path: Path) -> Path:
    """A head of its own for each test."""
    settings.AUDIT_HEAD = tmp_path / "audit-head"
    return tmp_path / "audit-head"
