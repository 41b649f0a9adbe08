"""Finds what the program would keep in the process, where every application in it shares it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import audioguide

PROGRAM = Path(audioguide.__file__).parent
_CHANGES = {"add", "append", "appendleft", "clear", "discard", "extend", "insert", "move_to_end"}
_CHANGES |= {"pop", "popitem", "popleft", "remove", "setdefault", "update"}
_CONTAINERS = {"Counter", "OrderedDict", "defaultdict", "deque"}
_LOCKS = {"Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore"}
_KEEPERS = _CONTAINERS | _LOCKS | {"local", "Queue", "SimpleQueue", "ThreadPoolExecutor"}


def kept_in(source: str, module: str) -> list[str]:
    """Name what one module keeps: what it changes after it is loaded, and what changes itself."""
    tree = ast.parse(source)
    names = _names(tree)
    found = [each for node in ast.walk(tree) for each in _changed(node, names)]
    classes = [each.body for each in tree.body if isinstance(each, ast.ClassDef)]
    for body in (tree.body, *classes):
        for said in body:
            if isinstance(said, ast.Assign | ast.AnnAssign) and said.value is not None:
                found += [f"{module} makes {each}" for each in _keepers(said.value, tree, module)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.append(f"{module} says global {', '.join(node.names)}")
        if isinstance(node, ast.FunctionDef) and _is_cached(node) and node.returns is not None:
            made = [each.id for each in ast.walk(node.returns) if isinstance(each, ast.Name)]
            kept = [each for each in made if _changes_itself(_home(each, tree, module), each)]
            found += [f"{module} caches {each}" for each in kept]
    return found


def _names(tree: ast.Module) -> set[str]:
    """Name what a module binds itself, and the constants that it imports."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            found |= {each.name for each in node.names if each.name.isupper()}
    return found


def _changed(node: ast.AST, names: set[str]) -> Iterator[str]:
    """Name what a function changes of its module."""
    if not isinstance(node, ast.FunctionDef):
        return
    own = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    own |= {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    for each in _things_changed(node):
        if isinstance(each, ast.Name) and each.id in names - own:
            yield f"{node.name} changes {each.id}"


def _things_changed(tree: ast.AST) -> Iterator[ast.expr]:
    """Give what is changed in place: by a subscript, or by a method that says so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield node.value
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _CHANGES
        ):
            yield node.func.value


def _keepers(value: ast.expr, tree: ast.Module, module: str) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in _KEEPERS or _changes_itself(_home(name, tree, module), name):
                yield name


def _home(name: str, tree: ast.Module, module: str) -> str:
    """Find the module of ours that a name comes from; else it is this one's, or nobody's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and name in {each.name for each in node.names}:
            return (node.module or "").removeprefix("audioguide.").replace(".", "/") + ".py"
    return module


@cache
def _changes_itself(module: str, name: str) -> bool:
    """Tell whether a class of ours has methods that change what it holds; a protocol may."""
    path = PROGRAM / module
    if not path.is_file():
        return False
    made = [
        each
        for each in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(each, ast.ClassDef) and each.name == name
    ]
    if any(ast.unparse(base) == "Protocol" for each in made for base in each.bases):
        return True
    return any(_is_changed_by(method) for each in made for method in each.body)


def _is_changed_by(method: ast.stmt) -> bool:
    if not isinstance(method, ast.FunctionDef) or method.name in ("__init__", "__post_init__"):
        return False
    things = [each for each in _things_changed(method) if isinstance(each, ast.Attribute)]
    things += [
        each
        for each in ast.walk(method)
        if isinstance(each, ast.Attribute) and not isinstance(each.ctx, ast.Load)
    ]
    return any(ast.unparse(each.value) == "self" for each in things)


def _is_cached(node: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(each).partition("(")[0].rpartition(".")[2] in ("cache", "lru_cache")
        for each in node.decorator_list
    )
