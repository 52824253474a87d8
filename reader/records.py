"""The data classes of this package: the standard ones, without what it costs to define one.

``dataclasses`` writes, compiles and runs six methods for every class, half a millisecond that each start pays for each
class it imports, used or not. Here all classes share their methods, and ``__init__``, the one worth compiling, is compiled
when the first value is made. Measured on a busy machine, best of eight in one run: ``broadsheet list --json`` loads 71 classes
and takes 86 ms of CPU; with the standard ones it takes 186, which is 3.1 times what its imports from the standard library
take, where at most 1.5 are wanted. Fewer classes would not do: importing ``dataclasses`` alone is 10 ms, and 4 are to spare.

For a type checker this module *is* ``dataclasses``, and ``dataclasses.replace``, ``fields`` and ``asdict`` take these
classes for their own. Only what is used is there: classes with slots, frozen or not, and defaults. For the rest
(``__post_init__``, ``init=False``, fields of a base class) take the standard module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

__all__ = ["dataclass", "field", "replace"]

_NOTHING: Final = object()
"""Stands for a default that is not there, and in a signature for one that is still to be made."""
_NOT_TAKEN_OVER: Final = frozenset({"__dict__", "__weakref__"})
"""What a class without slots has of its own."""


def _dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type], type]:
    """Return a decorator that makes a data class of a class with annotations."""
    if not slots:
        raise TypeError("Data classes of this module have slots.")
    return lambda cls: _made_anew(cls, frozen=frozen)


class _Field:
    """What is said of a field besides its name and type."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(
        self,
        *,
        default: object = _NOTHING,
        default_factory: object = _NOTHING,
        compare: bool = True,
        repr: bool = True,  # noqa: A002 - as in ``dataclasses``
    ) -> None:
        self.default, self.default_factory, self.compare, self.repr = default, default_factory, compare, repr


def _replace(value: Any, /, **changes: object) -> Any:
    """Return a copy of ``value`` with some fields changed."""
    kept = {name: getattr(value, name) for name in value.__match_args__ if name not in changes}
    return type(value)(**kept, **changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _Field, _replace


# ------------------------------------------------------------------------------------------- making a class


def _made_anew(cls: type, *, frozen: bool) -> type:
    """Return the class with slots for its annotated names; slots cannot be given to a class that exists."""
    fields = {name: _field_of(cls, name) for name in cls.__annotations__}
    names = tuple(fields)
    own = {
        name: value for name, value in vars(cls).items() if name not in fields and name not in _NOT_TAKEN_OVER
    }
    return type(cls)(
        cls.__name__,
        cls.__bases__,
        {
            **_common(names, [name for name in names if fields[name].compare]),
            **(_FROZEN if frozen else {"__hash__": None}),
            **own,
            "__qualname__": cls.__qualname__,
            "__slots__": names,
            "__match_args__": names,
            "__init__": _Init(fields, frozen=frozen),
            "__dataclass_fields__": _StandardFields(fields),
        },
    )


def _field_of(cls: type, name: str) -> _Field:
    given = vars(cls).get(name, _NOTHING)
    found = given if isinstance(given, _Field) else _Field(default=given)
    if type(found.default).__hash__ is None:
        raise ValueError(f"All of {cls.__name__} would share one {name}: use default_factory.")
    return found


class _Init:
    """Stands where ``__init__`` belongs until somebody asks for it."""

    def __init__(self, fields: Mapping[str, _Field], *, frozen: bool) -> None:
        self._fields, self._frozen = fields, frozen

    def __set_name__(self, owner: Any, name: str) -> None:
        self._owner = owner

    def __get__(self, instance: object, owner: type) -> object:
        made = self._owner.__init__ = _compiled(self._owner, self._fields, frozen=self._frozen)
        return made.__get__(instance, owner)


def _compiled(cls: type, fields: Mapping[str, _Field], *, frozen: bool) -> Any:
    """Return ``__init__``; a frozen object is filled through its slots, since it refuses to be assigned to."""
    known: dict[str, Any] = {"NOTHING": _NOTHING}
    parameters, lines = ["self"], []
    for name, said in fields.items():
        value, parameter = name, name
        if said.default_factory is not _NOTHING:
            known[f"make_{name}"] = said.default_factory
            parameter, value = f"{name}=NOTHING", f"make_{name}() if {name} is NOTHING else {name}"
        elif said.default is not _NOTHING:
            known[f"default_{name}"] = said.default
            parameter = f"{name}=default_{name}"
        if frozen:
            known[f"set_{name}"] = vars(cls)[name].__set__
        parameters.append(parameter)
        lines.append(f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    code = f"""
def around({", ".join(known)}):
    def __init__({", ".join(parameters)}):
        {"; ".join(lines) or "pass"}
    return __init__
"""
    scope: dict[str, Any] = {}
    exec(code, vars(sys.modules[cls.__module__]), scope)  # noqa: S102 - names of our own, as ``dataclasses`` does
    made = scope["around"](**known)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {**cls.__annotations__, "return": None}
    return made


class _StandardFields:
    """What ``dataclasses`` asks of a class of its own, made when it asks: importing it costs 7 ms."""

    def __init__(self, fields: Mapping[str, _Field]) -> None:
        self.ours = fields

    def __get__(self, instance: object, owner: type) -> object:
        import dataclasses

        said = {
            name: dataclasses.field(
                **{
                    key: value
                    for key in ("default", "default_factory", "compare", "repr")
                    if (value := getattr(field, key)) is not _NOTHING
                }
            )
            for name, field in self.ours.items()
        }
        standard = dataclasses.make_dataclass(
            owner.__name__, [(name, owner.__annotations__[name], said[name]) for name in self.ours]
        )
        return vars(standard)["__dataclass_fields__"]


# ------------------------------------------------------------------------------- what all classes have in common


def _common(names: Sequence[str], compared: Sequence[str]) -> dict[str, object]:
    """Return the methods of a class with these fields, some of which are compared."""
    all_of, compared_of = _values_of(names), _values_of(compared)

    def same(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared_of(self) == compared_of(other)

    def hashed(self: Any) -> int:
        return hash(compared_of(self))

    def taken_apart(self: Any) -> tuple[type, tuple[object, ...]]:
        return type(self), all_of(self)  # a pickle holds the values alone

    return {"__repr__": _repr, "__eq__": same, "__hash__": hashed, "__reduce__": taken_apart}


def _values_of(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """Return a function from an object to the values of these attributes."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


def _repr(self: Any) -> str:
    fields = vars(type(self))["__dataclass_fields__"].ours
    shown = (f"{name}={getattr(self, name)!r}" for name, said in fields.items() if said.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise AttributeError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise AttributeError(f"cannot delete field {name!r}")


_FROZEN: Final = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
