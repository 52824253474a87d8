"""Our data classes against the standard ones: whoever knows the latter knows these."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar, get_type_hints

import pytest

from reader import records

T = TypeVar("T")
Decorator = Callable[..., Any]


def _pair(decorated: Callable[[Decorator, Any], type]) -> tuple[Any, Any]:
    """Return the same class made by our module and by the standard one, which a type checker cannot tell apart."""
    return decorated(records.dataclass, records.field), decorated(dataclasses.dataclass, dataclasses.field)


@records.dataclass(frozen=True, slots=True)
class Point:
    """A point with a name."""

    x: int
    y: int = 0
    name: str = records.field(default="", compare=False)
    marks: dict[str, int] = records.field(default_factory=dict, compare=False, repr=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@records.dataclass(frozen=True, slots=True)
class Other:
    x: int
    y: int = 0


@records.dataclass(frozen=True, slots=True)
class Nothing:
    pass


@records.dataclass(frozen=True, slots=True)
class Box(Generic[T]):
    inside: T


@records.dataclass(slots=True)
class Counter:
    count: int = 0


def test_values_are_given_by_place_or_by_name_and_the_rest_by_default() -> None:
    point = Point(1, name="here")
    assert (point.x, point.y, point.name, point.marks, point.sum) == (1, 0, "here", {}, 1)


def test_each_value_gets_a_default_of_its_own_from_a_factory() -> None:
    assert Point(1).marks is not Point(1).marks


@pytest.mark.parametrize("given", [(), (1, 2, "", {}, 5)])
def test_too_few_and_too_many_values_are_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"__init__"):
        Point(*given)
    with pytest.raises(TypeError, match=r"unexpected keyword argument 'z'"):
        Point(1, z=2)  # type: ignore[call-arg]


def test_values_of_one_class_are_equal_and_hashed_by_what_is_compared() -> None:
    assert Point(1, 2, "a") == Point(1, 2, "b")
    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b"))
    assert Point(1) != Point(2)
    assert len({Point(1), Point(1), Point(2)}) == 2


def test_values_of_two_classes_are_never_equal() -> None:
    point: object = Point(1, 2)
    assert point != Other(1, 2)
    assert Nothing() == Nothing()


def test_a_frozen_value_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="cannot assign to field 'x'"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot delete field 'x'"):
        del point.x
    assert point.x == 1


def test_a_value_that_is_not_frozen_can_be_changed_and_is_no_key() -> None:
    counter = Counter()
    counter.count += 1
    assert counter == Counter(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)


def test_no_value_takes_what_has_no_slot() -> None:
    with pytest.raises(AttributeError):
        Counter().other = 1  # type: ignore[attr-defined]
    assert not hasattr(Point(1), "__dict__")


def test_a_copy_with_changes_leaves_the_value_alone() -> None:
    point = Point(1, 2, "a")
    for replace in (records.replace, dataclasses.replace):
        assert replace(point, y=5, name="b").name == "b"
        assert replace(point, y=5) == Point(1, 5)
    assert point == Point(1, 2)


def test_values_are_matched_by_place() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


@pytest.mark.parametrize("value", [Point(1, 2, "a", {"m": 1}), Nothing(), Counter(3), Box("b")])
def test_values_travel_through_a_pickle_and_are_copied(value: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert repr(copy.deepcopy(value)) == repr(value)


def test_a_value_shows_itself_as_the_standard_one_does() -> None:
    def decorated(dataclass: Decorator, field: Any) -> type:
        @dataclass(frozen=True, slots=True)
        class Shown:
            """Shown."""

            a: int
            b: str = "b"
            secret: str = field(default="", repr=False)

        return Shown

    ours, standard = _pair(decorated)
    assert repr(ours(1)) == repr(standard(1))
    assert ours.__match_args__ == standard.__match_args__
    assert (ours.__doc__, ours.__qualname__) == (standard.__doc__, standard.__qualname__)
    assert inspect.signature(ours) == inspect.signature(standard)
    assert get_type_hints(Point.__init__)["name"] is str


def test_the_standard_module_takes_our_classes_for_its_own() -> None:
    assert dataclasses.is_dataclass(Point)
    assert dataclasses.asdict(Other(1)) == {"x": 1, "y": 0}
    assert [field.name for field in dataclasses.fields(Point) if field.compare] == ["x", "y"]


def test_a_default_that_all_values_would_share_is_refused() -> None:
    with pytest.raises(ValueError, match=r"All of Shared would share one list: use default_factory\."):

        @records.dataclass(frozen=True, slots=True)
        class Shared:
            list: list[int] = []  # noqa: RUF012


def test_defining_classes_does_not_import_the_standard_module() -> None:
    program = (
        "import sys; from reader.records import dataclass\n"
        "@dataclass(frozen=True, slots=True)\nclass A:\n    x: int = 1\n"
        "print(A(2), 'dataclasses' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "A(x=2) False\n"
