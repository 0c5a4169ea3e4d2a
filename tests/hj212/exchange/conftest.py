"""Both ends of a wire for exchange tests: the real encoder and decoder, so that forms are true."""

from __future__ import annotations

from datetime import datetime

import pytest

from zhihuan.hj212 import BEIJING, DeviceProfile, Message, decode_frame
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.exchange import Action, Address, Draft, Ended, Send


class Wire:
    """A device of any edition and what arrives from it."""

    qn = "20240601085857223"
    noon = datetime(2024, 6, 1, 12, tzinfo=BEIJING)

    def address(self, edition: Edition) -> Address:
        """A device of an edition."""
        mn = "88888880000001" if edition is Edition.HJ2005 else "010000A8900016F000169DC0"
        return Address(mn, "21" if edition is Edition.SURFACE_WATER else "32", edition)

    def over(self, draft: Draft, edition: Edition) -> Message:
        """What the other side reads when this is sent."""
        return self.read(draft.encode(), edition)

    def read(self, frame: bytes, edition: Edition = Edition.HJ2017) -> Message:
        """What a frame says to a side that knows the edition."""
        profile = DeviceProfile(surface_water=edition is Edition.SURFACE_WATER)
        message = decode_frame(frame, profile)
        assert isinstance(message, Message), message
        return message

    def sent(self, actions: list[Action]) -> list[Draft]:
        """The frames among some actions."""
        return [action.draft for action in actions if isinstance(action, Send)]

    def ended(self, actions: list[Action]) -> Ended | None:
        """The end among some actions, if it is there."""
        return next((action for action in actions if isinstance(action, Ended)), None)


@pytest.fixture(scope="session")
def wire() -> Wire:
    """The wire."""
    return Wire()
