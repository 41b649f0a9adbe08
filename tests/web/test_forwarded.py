from __future__ import annotations

import pytest

from museum import World


def test_a_front_server_that_is_not_believed_is_named_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    phone = world.phone("en")
    for _ in range(3):
        phone.get("/", headers={"X-Forwarded-For": "203.0.113.5", "X-Forwarded-Proto": "https"})
    said = [record for record in caplog.records if "AUDIOGUIDE_TRUSTED_PROXIES" in record.message]
    assert len(said) == 1
    assert "X-Forwarded-For, X-Forwarded-Proto" in said[0].getMessage()
    assert "203.0.113.5" not in caplog.text


def test_a_front_server_that_is_believed_is_not_named(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.phone("en", TRUSTED_PROXIES="1").get("/", headers={"X-Forwarded-For": "203.0.113.5"})
    assert "AUDIOGUIDE_TRUSTED_PROXIES" not in caplog.text
