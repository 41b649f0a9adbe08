"""Bundle scripts: join the ES modules that a page needs into one, and minify it.

It understands the few forms of import and export in which our own sources are written, and refuses
all others; whatever stands between them is not looked into. Each module becomes a function that
returns what it exports, so that no name of one is seen by another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

from rjsmin import jsmin

# The sources are formatted: what stands at the beginning of a line stands at the module's top.
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*|^.*\bimport(?:\.meta|\().*", re.MULTILINE)
_WAITS = re.compile(r"^(?=[^\s/]).*\bawait\b.*", re.MULTILINE)  # at the top: a function cannot


@dataclass(frozen=True)
class Module:
    """One source without its imports and exports, and what these say: names by module."""

    body: str
    imports: Mapping[str, tuple[str, ...]]
    exports: tuple[str, ...]


@dataclass(frozen=True)
class Bundle:
    """A script as it is sent, and the modules in it: the one that it begins from is the last."""

    text: str
    modules: Mapping[str, Module]


def bundle(folder: Path, entry: str, shared: Bundle | None = None, address: str = "") -> Bundle:
    """Join a module with all that it imports; what ``shared`` has is imported from ``address``.

    A bundle that others may share exports all that its modules do. Raise ``ValueError`` with the
    file where the sources say something that is not understood.
    """
    elsewhere = dict(list(shared.modules.items())[:-1]) if shared else {}
    modules: dict[str, Module] = {}
    _collect(folder, entry, elsewhere, modules, ())
    names = {path: f"${number}" for number, path in enumerate([*elsewhere, *modules])}
    parts = []
    if shared:
        parts.append(
            f'import {{ {", ".join(names[each] for each in elsewhere)} }} from "{address}";'
        )
    for path, module in modules.items():
        code = _taken(module, names) + module.body
        parts.append(code if path == entry else _enclosed(code, module, names[path]))
    if not shared:
        parts.append(f"export {{ {', '.join(names[each] for each in modules if each != entry)} }};")
    text: str = jsmin("\n".join(parts))
    return Bundle(text, modules)


def read(folder: Path, path: str) -> Module:
    """Read a source, and refuse what is not understood."""
    text = (folder / path).read_text(encoding="utf-8")
    imports: dict[str, tuple[str, ...]] = {}
    for names, address in _IMPORT.findall(text):
        imported = tuple(each.strip() for each in names.split(",") if each.strip())
        if not all(each.isidentifier() for each in imported):
            raise ValueError(f"{path}: a name of import {{{names}}} is not understood")
        module = normpath(join(dirname(path), address))
        imports[module] = imports.get(module, ()) + imported
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    if other := _NOT_UNDERSTOOD.search(body):
        raise ValueError(f"{path}: this import or export is not understood: {other[0]}")
    return Module(body, imports, tuple(_EXPORT.findall(text)))


def _collect(
    folder: Path,
    path: str,
    elsewhere: Mapping[str, Module],
    found: dict[str, Module],
    on_the_way: tuple[str, ...],
) -> None:
    """Find a module and all that it imports, each after those that it needs."""
    if path in on_the_way:
        raise ValueError(f"{path}: it imports itself, by {', '.join(on_the_way)}")
    if path in found or path in elsewhere:
        return
    module = read(folder, path)
    for imported, names in module.imports.items():
        if not (folder / imported).is_file():
            raise ValueError(f"{path}: there is no {imported}")
        _collect(folder, imported, elsewhere, found, (*on_the_way, path))
        there = elsewhere.get(imported) or found[imported]
        if missing := set(names) - set(there.exports):
            raise ValueError(f"{path}: {imported} does not export {sorted(missing)}")
    if on_the_way and (waits := _WAITS.search(module.body)):
        raise ValueError(f"{path}: only the first module may wait: {waits[0]}")
    found[path] = module


def _taken(module: Module, names: Mapping[str, str]) -> str:
    return "".join(
        f"const {{ {', '.join(imported)} }} = {names[path]};\n"
        for path, imported in module.imports.items()
    )


def _enclosed(code: str, module: Module, name: str) -> str:
    return f"const {name} = (() => {{\n{code}\nreturn {{ {', '.join(module.exports)} }};\n}})();"
