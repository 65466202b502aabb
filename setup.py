"""What pyproject.toml cannot say: a wheel takes along the content and the manifest, which stand at
the top of a checkout, where people edit them."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

TOP = Path(__file__).parent
HIDDEN = shutil.ignore_patterns(".*", "*~", "__pycache__")


class BuildWithContent(build_py):
    """Puts them into bot/shipped/, where bot/settings.py looks for them."""

    def run(self) -> None:
        if self.editable_mode:  # a checkout is used as it stands
            super().run()
            return
        package = Path(self.build_lib) / "bot"
        shutil.rmtree(package, ignore_errors=True)  # of an earlier build: files since removed
        super().run()
        shipped = package / "shipped"
        shutil.copytree(TOP / "content", shipped / "content", ignore=HIDDEN)
        shutil.copy(TOP / "manifest.json", shipped)


setup(cmdclass={"build_py": BuildWithContent})
