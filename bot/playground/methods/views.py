"""views.*: modals and Home tabs."""

from __future__ import annotations

from bot.playground.limits import find_problems
from bot.playground.methods.shared import Answer, ApiError, Params
from bot.playground.records import VIEW_STACK, View
from bot.playground.workspace import Workspace


def open_view(workspace: Workspace, params: Params) -> Answer:
    return _show(workspace, params, [])


def push_view(workspace: Workspace, params: Params) -> Answer:
    trigger = workspace.triggers.issued.get(str(params.get("trigger_id")))
    stack = workspace.modals.get(trigger.user_id, []) if trigger else []
    if len(stack) >= VIEW_STACK:
        raise ApiError("push_limit_reached")
    return _show(workspace, params, stack)


def _show(workspace: Workspace, params: Params, below: list[View]) -> Answer:
    view = _view(params, "modal")
    user_id, error = workspace.triggers.take_trigger(str(params.get("trigger_id")))
    if error:
        raise ApiError(error)
    view = workspace.keep_view(view)
    workspace.modals[user_id] = [*below, view]
    workspace.touch()
    return {"view": view}


def update_view(workspace: Workspace, params: Params) -> Answer:
    new = _view(params, "modal")
    for stack in workspace.modals.values():
        for place, view in enumerate(stack):
            if view["id"] == params.get("view_id"):
                if params.get("hash") not in (None, view["hash"]):
                    raise ApiError("hash_conflict")
                stack[place] = workspace.keep_view(new, view["id"])
                workspace.touch()
                return {"view": stack[place]}
    raise ApiError("not_found")


def publish_view(workspace: Workspace, params: Params) -> Answer:
    view = _view(params, "home")
    user_id = str(params.get("user_id"))
    if user_id not in workspace.users:
        raise ApiError("user_not_found")
    old = workspace.homes.get(user_id)
    if old and params.get("hash") not in (None, old["hash"]):
        raise ApiError("hash_conflict")
    workspace.homes[user_id] = workspace.keep_view(view)
    workspace.touch()
    return {"view": workspace.homes[user_id]}


def _view(params: Params, surface: str) -> View:
    view = params.get("view")
    if not isinstance(view, dict) or view.get("type") != surface:
        raise ApiError("invalid_arguments")
    if problems := find_problems(view, surface):
        raise ApiError("invalid_arguments", response_metadata={"messages": problems[:5]})
    return dict(view)
