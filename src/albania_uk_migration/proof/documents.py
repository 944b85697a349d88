"""The texts of the documents: where they are, and whether they are the ones we used."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from ..errors import DocumentError, Fault
from ..tables.files import checkout

if TYPE_CHECKING:
    from ..tables.package import Package


Texts = dict[str, str]
# The tables for which `draft` proposes a document's rows.
DRAFTED = ("documents", "figures", "excluded_numbers", "statements")
GIVE_THEM = "add --documents and the folder with the five texts (in the repository: seeds)."


def folder_of(documents: str | os.PathLike[str] | None) -> str | None:
    """The folder of the documents: the one given, or seeds/ of the checkout, or None."""
    if documents is not None:
        folder = os.fspath(documents)
        if os.path.isfile(folder):
            raise DocumentError(f"{folder} is a file. Give the folder that has the documents.")
        if not os.path.isdir(folder):
            raise DocumentError(f'No folder called "{folder}". Give the one with the documents.')
        return folder
    root = checkout()
    if root is None or not os.path.isdir(os.path.join(root, "seeds")):
        return None
    return os.path.join(root, "seeds")


def read_documents(package: Package, folder: str) -> tuple[Texts, list[Fault]]:
    """The texts of the documents in a folder, and a fault for each that fails its checksum."""
    texts: Texts = {}
    faults = []
    for row in package.rows("documents"):
        name = os.path.basename(str(row["file"]))
        key = str(row["document_id"])

        def fault(column: str, message: str, key: str = key) -> Fault:
            return Fault("documents", key, (column,), "documents_are_unchanged", message)

        try:
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
        except OSError:
            faults.append(fault("file", f"{name} is missing from {folder}"))
            continue
        found = hashlib.sha256(data).hexdigest()
        if found != row["sha256"]:
            faults.append(
                fault("sha256", f"{name} differs: sha256 is {found}, expected {row['sha256']}")
            )
        try:
            texts[key] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            at = f"byte {error.start} is not UTF-8"
            faults.append(fault("file", f"{name}: {at}; the document is not read"))
            continue
        if len(texts[key]) != row["characters"]:
            faults.append(
                fault("characters", f"{name} has {len(texts[key])}, expected {row['characters']}")
            )
    return texts, faults


def sound_text(package: Package, folder: str, document: str) -> str:
    """The text of a document, if it is the one the tables were made from."""
    texts, faults = read_documents(package, folder)
    for fault in faults:
        if fault.row == document:
            raise DocumentError(f"{document}: {fault.message}. Restore the document.")
    return texts[document]
