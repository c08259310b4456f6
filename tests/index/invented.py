"""Invented texts of any number, and what sites make of them."""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.document import Capture, Completeness, Document
from index.store import Store, payload_digest
from tests.corpus import CLEANER, make_document

LETTERS = (
    "渡口船工作会议组织学习村镇乡民修路桥水渠树林农田粮仓学校医院书屋文化活动"
    "干部群众代表座谈走访调查整改落实制度检查安全培训服务企业项目资金建设完成"
)


def sentences(number: int, size: int = 16) -> list[str]:
    """Make sentences that no other number gives, each with a figure."""
    draw = random.Random(number)  # noqa: S311 (a reproducible sample, no secret)
    return [
        "".join(draw.choices(LETTERS, k=draw.randint(12, 24)))
        + f"{draw.randint(11, 9999)}个。"
        for _ in range(size)
    ]


def of(number: int, parts: Sequence[str], **fields: Any) -> Document:
    """Make a document of sentences; ``complete`` says whether it is."""
    complete = fields.pop("complete", True)
    made = make_document(number, fields.pop("title", "工作总结"), "".join(parts))
    return replace(made, completeness=Completeness(complete=complete), **fields)


def fetch(store: Store, documents: Sequence[Document]) -> None:
    """Store documents as fetched pages: whatever comes last is current."""
    with store.transaction():
        for document in documents:
            payload = repr(document).encode()
            capture = Capture(
                at="2026-01-02T03:04:05Z",
                status=200,
                digest=payload_digest(payload),
                origin=document.id,
            )
            store.put(document, capture, payload, CLEANER)


def groups(store: Store, documents: Sequence[Document]) -> dict[int, int]:
    """Store documents; tell by numbers which stands for each."""
    fetch(store, documents)
    return grouped(store)


def grouped(store: Store) -> dict[int, int]:
    """Tell by numbers which document stands for each."""
    places = store.groups.places()
    return {int(name, 16): int(place.group, 16) for name, place in places.items()}


_TO_VERSION_1 = """
DROP TABLE texts;
DROP TABLE postings;
ALTER TABLE captures DROP COLUMN encoding;
ALTER TABLE captures DROP COLUMN declared;
ALTER TABLE captures DROP COLUMN replaced;
ALTER TABLE documents ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_fingerprint ON documents (fingerprint);
UPDATE meta SET value = '1' WHERE key = 'schema';
"""


def make_old(path: Path) -> None:
    """Turn a store into what the first version left."""
    connection = sqlite3.connect(path)
    connection.executescript(_TO_VERSION_1)
    connection.close()
