"""Let the program as one file say in a sentence why it cannot start.

    python .ci/one_file.py PROGRAM

It holds compiled libraries, which are for the Python and the system that it is made with, and
unpacks itself into a folder, which it has to be able to write to. Elsewhere it would end in a
traceback.
"""

import io
import platform
import sys
import zipfile
from pathlib import Path

_MAIN = """\
# -*- coding: utf-8 -*-
import os
import platform
import sys

MADE_FOR = {made_for!r}
ROOT = os.environ.get("SHIV_ROOT") or os.path.join("~", ".shiv")


def refuse(english, french):
    asked = [os.environ.get(name) for name in ("CMSOURCE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    language = next((each for each in asked if each), "")
    sys.stderr.write("cmsource: " + (french if language.startswith("fr") else english) + "\\n")
    sys.exit(2)


abi = getattr(sys, "abiflags", "")
if (sys.implementation.cache_tag, abi, sys.platform, platform.machine()) != MADE_FOR:
    refuse(
        "this file is for {python} on {system}: start it with that, or install cmsource with pip",
        "ce fichier est pour {python} sur {system}\\xa0: le lancer avec, ou installer cmsource "
        "avec pip",
    )
try:
    import _bootstrap

    _bootstrap.bootstrap()
except (OSError, RuntimeError) as error:
    if "cmsource" in sys.modules:
        raise
    found = (ROOT, getattr(error, "strerror", None) or error)
    refuse(
        "it cannot unpack itself into %s (%s): name a folder that can be written to in the "
        "variable SHIV_ROOT" % found,
        "il ne peut pas se décompacter dans %s (%s)\\xa0: nommer dans la variable SHIV_ROOT un "
        "dossier où l’on peut écrire" % found,
    )
"""
_NAME = "__main__.py"


def main(program: Path) -> None:
    """Give a program that shiv made another beginning."""
    made_for = (sys.implementation.cache_tag, sys.abiflags, sys.platform, platform.machine())
    text = _MAIN.format(
        made_for=made_for,
        python=f"Python {sys.version_info[0]}.{sys.version_info[1]}",
        system=f"{platform.system()} {platform.machine()}",
    )
    data = program.read_bytes()
    first = data[: data.index(b"PK")]  # the line that names what runs it
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            content = text.encode() if info.filename == _NAME else before.read(info)
            after.writestr(info, content)
    program.write_bytes(first + packed.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
