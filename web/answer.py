"""What every model of the JSON API is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict


def _without_titles(schema: JsonDict) -> None:
    """Drop the titles pydantic makes of attribute names; they say nothing new."""
    properties = schema.get("properties")
    for declared in properties.values() if isinstance(properties, dict) else ():
        if isinstance(declared, dict):
            declared.pop("title", None)


class Answer(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(
        frozen=True, use_attribute_docstrings=True, json_schema_extra=_without_titles
    )


Mark = Annotated[tuple[int, int], Field(description="Start and end of a match.")]
