"""The official OpenAPI document, and how a reply differs from it."""

import re
from dataclasses import dataclass
from functools import cached_property

import jsonschema_rs

JSON = "application/json"
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT.*Z")


@dataclass(frozen=True, order=True)
class Finding:
    """A difference between a reply and the document."""

    operation: str
    status: int
    # Schema and member, such as `CartItem.price`, with `[]` for the elements of a list and `{}` for
    # the values of a map; `reply` for the reply as a whole.
    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.operation} {self.status}: {self.place} {self.problem}"


class Document:
    def __init__(self, raw: dict) -> None:
        self.raw = raw
        self.schemas = raw["components"]["schemas"]
        self.validators = {}
        self.any_props(raw)

    def any_props(self, node: object) -> None:
        """Allows any `props` in an effect.

        The document wants exactly one type of effect to fit them, but those of several types are
        alike. `findings` takes the schema of the effect's own type instead.
        """
        if isinstance(node, list):
            for element in node:
                self.any_props(element)
        elif isinstance(node, dict):
            props = node.get("properties", {}).get("props", {})
            if isinstance(props, dict) and "oneOf" in props:
                node["properties"]["props"] = {"type": "object"}
            for member in node.values():
                self.any_props(member)

    @cached_property
    def operations(self) -> dict[str, dict]:
        paths = self.raw["paths"].values()
        methods = (operation for path in paths for operation in path.values())
        found = (it for it in methods if isinstance(it, dict) and "operationId" in it)
        return {operation["operationId"]: operation for operation in found}

    def validator(self, schema: dict) -> jsonschema_rs.Draft202012Validator:
        key = repr(schema)
        if key not in self.validators:
            whole = {"components": self.raw["components"], "allOf": [schema]}
            validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            self.validators[key] = validator
        return self.validators[key]

    def findings(self, operation: str, reply) -> list[Finding]:
        """The differences between a reply, as of `requests`, and the document."""

        def finding(place: str, problem: str) -> Finding:
            return Finding(operation, reply.status_code, place, problem)

        responses = self.operations[operation]["responses"]
        response = self.resolved(responses.get(str(reply.status_code)))
        if response is None:
            return [finding("reply", "has a status that is not listed")]
        content = response.get("content", {}).get(JSON)
        # HTTP allows no body with 204, which has one in places of the document.
        if content is None or reply.status_code == 204:
            return [finding("reply", "has a body")] if reply.content else []
        if reply.headers.get("content-type", "").split(";")[0] != JSON:
            return [finding("reply", "is no JSON by its content type")]
        body = reply.json()
        errors = [*self.errors(content["schema"], body), *self.errors_of_props(body)]
        return [finding(place, problem) for place, problem in errors]

    def resolved(self, node: dict | None) -> dict | None:
        while node and "$ref" in node:
            name = node["$ref"].removeprefix("#/")
            node = self.raw
            for part in name.split("/"):
                node = node[part]
        return node

    def errors(self, schema: dict, value: object) -> list[tuple[str, str]]:
        errors = self.validator(schema).iter_errors(value)
        return [(place(error.schema_path), self.problem(error)) for error in errors]

    def errors_of_props(self, node: object) -> list[tuple[str, str]]:
        """The errors in the `props` of all effects of a reply."""
        if isinstance(node, list):
            return [error for element in node for error in self.errors_of_props(element)]
        if not isinstance(node, dict):
            return []
        kind = node.get("effectType")
        if kind is None:
            return self.errors_of_props(list(node.values()))
        name = f"{kind[0].upper()}{kind[1:]}EffectProps"
        if name not in self.schemas:
            return [(name, "is no schema")]
        return self.errors({"$ref": f"#/components/schemas/{name}"}, node["props"])

    def problem(self, error: jsonschema_rs.ValidationError) -> str:
        keyword = error.schema_path[-1]
        if keyword == "required":
            return f"lacks {error.kind.property}"
        if keyword == "enum":
            value = error.instance
            is_time = isinstance(value, str) and TIMESTAMP.fullmatch(value)
            return f"is {'a timestamp' if is_time else repr(value)}, which is not listed"
        if keyword == "type":
            return f"is {error.instance!r:.40}, which has another type"
        expected = self.raw if error.schema_path[0] == "components" else None
        for part in error.schema_path if expected else []:
            expected = expected[part]
        expected = expected if isinstance(expected, (str, int, float)) else ""
        return f"is {error.instance!r:.40}, against {keyword} {expected}".rstrip()


def place(path: list) -> str:
    """`CartItem.price` for the path of a keyword in the document."""
    parts = list(path[:-1])
    named = parts[:2] == ["components", "schemas"]
    text, rest = (parts[2], parts[3:]) if named else ("reply", parts)
    while rest:
        part = rest.pop(0)
        if part == "properties":
            text += f".{rest.pop(0)}"
        elif part == "items":
            text += "[]"
        elif part == "additionalProperties":
            text += "{}"
    return text
