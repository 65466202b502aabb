"""How often the kill tests kill: KILLS in the environment, for each database, 200 by default. With
fewer each step is still come by. Four tests share them: tips and checklists, with and without the
right to read the history."""

from __future__ import annotations

import os

KILLS = int(os.environ.get("KILLS", "200")) // 4
