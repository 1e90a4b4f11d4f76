"""The ways by which messages leave the portal, by name."""

from notifications.channels.base import Channel
from notifications.channels.email import EmailChannel
from notifications.channels.push import PushChannel
from notifications.channels.telegram import TelegramChannel

CHANNELS: dict[str, type[Channel]] = {
    channel.name: channel for channel in (EmailChannel, PushChannel, TelegramChannel)
}
