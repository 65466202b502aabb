"""How often the kill tests kill: KILLS in the environment, for each database; 20 by default, as in
CI, and 200 in `make kill`. Each step is come by, however few they are. Four tests share them: tips
and checklists, with and without the right to read the history."""

from __future__ import annotations

import os

KILLS = int(os.environ.get("KILLS", "20")) // 4
