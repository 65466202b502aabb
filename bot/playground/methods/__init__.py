"""The Web API methods that the bot calls, with Slack's errors. Each returns its answer's body."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.playground.methods import chat, conversations, files, people, views
from bot.playground.methods.shared import Answer, Params
from bot.playground.workspace import Workspace

Method = Callable[[Workspace, Params], Answer]

METHODS: Mapping[str, Method] = {
    "api.test": people.test_api,
    "auth.test": people.test_auth,
    "users.info": people.info,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "views.open": views.open_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
    "views.publish": views.publish_view,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_direct,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
}
