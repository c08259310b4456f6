"""The words of the interface in its three languages, kept in words/."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeAlias

TomlTable: TypeAlias = dict[str, "str | TomlTable"]


class Language(StrEnum):
    """A language of the interface, by its BCP 47 tag."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    ENGLISH = "en"


# Regions that write traditional characters, by CLDR's likely subtags.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Translator:
    """Says messages in one language.

    Attributes:
        language: The language.
        words: Message key to its text.
    """

    language: Language
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Say a message, its ``{names}`` filled in.

        A ``count`` of one takes the message ``<key>.one`` where there is one.
        """
        singular = f"{key}.one"
        if values.get("count") == 1 and singular in self.words:
            key = singular
        return self.words[key].format(**values)

    def known(self, key: str, otherwise: str) -> str:
        """Say a message that may be missing, such as the name of a new rule."""
        return self.words.get(key, otherwise)


@cache
def translator(language: Language) -> Translator:
    """Give the translator of a language."""
    return Translator(
        language,
        MappingProxyType({key: text[language] for key, text in catalogue().items()}),
    )


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Read the files of words/: key to language to text.

    Raises:
        ValueError: Two files have the same message.
    """
    read: dict[str, dict[str, str]] = {}
    for file in sorted(files("web").joinpath("words").iterdir(), key=str):
        for key, text in _flatten(tomllib.loads(file.read_text("utf-8")), ""):
            if key in read:
                message = f"{file.name} has the message {key} once more"
                raise ValueError(message)
            read[key] = text
    return read


def choose(wanted: str | None, accepted: Iterable[str]) -> Language:
    """Choose the language of an answer.

    Args:
        wanted: What the address asks for.
        accepted: Tags of Accept-Language, best first.
    """
    for tag in (wanted or "", *accepted):
        if language := _match(tag):
            return language
    return Language.HANS


def _match(tag: str) -> Language | None:
    """Find the language of ours that a BCP 47 tag asks for."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    if first == "en":
        return Language.ENGLISH
    if first != "zh":
        return None
    if "hans" in rest:
        return Language.HANS
    return Language.HANT if _TRADITIONAL & set(rest) else Language.HANS


def _flatten(table: TomlTable, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Join nested table names with dots; a table of texts is one message."""
    texts = {name: text for name, text in table.items() if isinstance(text, str)}
    if texts:
        yield path, texts
    for name, inner in table.items():
        if not isinstance(inner, str):
            yield from _flatten(inner, f"{path}.{name}" if path else name)
