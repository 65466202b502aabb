"""Getting a reply to a person or a channel, by the way that the payload leaves open."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.slack.blocks import Reply
from bot.slack.payloads import Body, asker_ids, is_direct, thread_of

NO_ENTRY = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


class ResponseUrlError(Exception):
    """Slack refused a response_url: used five times, or older than 30 minutes."""


def send_privately(client: WebClient, body: Body, reply: Reply) -> None:
    """Show `reply` to the asker alone: in the DM, in the thread, or through the response_url; where
    the bot is no member and there is none, by direct message."""
    _, user_id, channel_id = asker_ids(body)
    thread_ts = thread_of(body)
    if body.get("response_url") and not thread_ts and not is_direct(channel_id):
        respond(body, reply)
        return
    message = reply.as_message()
    try:
        if not channel_id or is_direct(channel_id):
            place = channel_id or user_id
            client.chat_postMessage(channel=place, thread_ts=thread_ts or None, **message)
        else:
            _post_ephemeral(client, channel_id, user_id, thread_ts, message)
    except SlackApiError as error:
        if error.response["error"] not in NO_ENTRY:
            raise
        if body.get("response_url"):  # it works anywhere: also between two people
            respond(body, reply)
        else:
            client.chat_postMessage(channel=user_id, **message)


def open_modal(client: WebClient, body: Body, view: dict[str, Any]) -> bool:
    """False where the click is too old for a modal: a trigger lives three seconds."""
    try:
        client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        if error.response["error"] not in TOO_LATE:
            raise
        return False
    return True


def respond(body: Body, reply: Reply, **options: Any) -> None:
    """Answer through the payload's response_url; a new private message unless `options` say more.

    Raises ResponseUrlError: the SDK returns a 4xx without raising.
    """
    arguments = {"response_type": "ephemeral", "replace_original": False} | options
    response = WebhookClient(str(body["response_url"])).send_dict(
        {**reply.as_message(), **arguments}
    )
    if response.status_code >= 400:
        raise ResponseUrlError(f"status {response.status_code}")


def _post_ephemeral(
    client: WebClient, channel_id: str, user_id: str, thread_ts: str, message: dict[str, Any]
) -> None:
    arguments = {k: v for k, v in message.items() if not k.startswith("unfurl")}
    client.chat_postEphemeral(
        channel=channel_id, user=user_id, thread_ts=thread_ts or None, **arguments
    )
