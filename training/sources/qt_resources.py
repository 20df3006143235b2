"""Reads Qt's resource files (`.rcc`), in which KDE's programs keep their sounds.

The format is that of QResource: a header with three offsets, then a tree of nodes, names in UTF-16 and the files' bytes
(https://code.qt.io/cgit/qt/qtbase.git/tree/src/corelib/io/qresource.cpp).
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MAGIC = b"qres"
COMPRESSED = 1
DIRECTORY = 2


def files_of(resource: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path and content of every file in a resource; raises ValueError if it is not a resource."""
    data = resource.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{resource} is no Qt resource: it does not begin with 'qres'")
    version, tree, contents, names = struct.unpack_from(">4I", data, 4)
    # Since version 2, a node also has its file's modification time.
    node_size = 14 if version == 1 else 22

    def name_at(offset: int) -> str:
        (length,) = struct.unpack_from(">H", data, names + offset)
        start = names + offset + 6
        return data[start : start + 2 * length].decode("utf-16-be")

    def walk(node: int, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
        start = tree + node * node_size
        _name, flags = struct.unpack_from(">IH", data, start)
        if flags & DIRECTORY:
            count, first = struct.unpack_from(">2I", data, start + 6)
            for child in range(first, first + count):
                child_name, _ = struct.unpack_from(">IH", data, tree + child * node_size)
                yield from walk(child, path / name_at(child_name))
            return
        (offset,) = struct.unpack_from(">I", data, start + 10)
        (size,) = struct.unpack_from(">I", data, contents + offset)
        content = data[contents + offset + 4 : contents + offset + 4 + size]
        # A compressed file begins with its size.
        yield path, zlib.decompress(content[4:]) if flags & COMPRESSED else content

    yield from walk(0, PurePosixPath())
