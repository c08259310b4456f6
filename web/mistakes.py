"""What is wrong with a query, in the language of the interface."""

from search.errors import QuerySyntaxError
from search.fields import find_field
from web.messages import Language, Translator


def mistake_words(error: QuerySyntaxError, say: Translator) -> str:
    """Say what is wrong and what to write; fields by their names in the language."""
    values = dict(error.values)
    if say.language is not Language.ENGLISH:
        if "field" in values:
            values["field"] = _name(values["field"], say)
        if "known" in values:
            names = str(values["known"]).split(", ")
            values["known"] = "、".join(_name(name, say) for name in names)
    return say(f"mistake.{error.mistake}", **values)


def _name(name: object, say: Translator) -> str:
    """Name a field in the language of the interface."""
    field = find_field(str(name))
    return say(f"help.field.{field.name}") if field else str(name)
