#!/usr/bin/env python3
"""Holds the modules to the plan of the house: imports go down only, in the order of the targets in Package.swift; a target
declares exactly the modules that its files import; every library module has a test target; training code does not import
Tagger, and Tagger does not reach OpenBLAS or the downloader.

usage: house.py        from the root of the package; prints each finding and fails if there is one"""

import json
import pathlib
import re
import subprocess
import sys

# What a file may import besides the targets of this package and the products that its target names.
SYSTEM = {"Dispatch", "Glibc", "Synchronization", "Testing", "PackageDescription"}
# What every test target gets, whether its files import it or not.
SHARED_BY_TESTS = {"TestSupport"}
# Library modules without a test target of their own, and where they are tested instead.
TESTED_ELSEWHERE = {
    "TestSupport": "it is what the tests share",
    "Commands": "Tests/EndToEnd runs the commands themselves",
}
# Modules that must not import Tagger: they make the student that it runs.
TRAINING = ("Layers", "Networks", "Training", "Distillation")
# Modules that an application linking Tagger must not get with it.
NOT_IN_TAGGER = ("BLAS", "Teachers", "Corpora", "Augment", "Layers", "Networks", "Training", "TerminalUI")

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.M)


def imports_of(text):
    return set(IMPORT.findall(text))


def read_targets():
    """The targets in the order of Package.swift: name, kind, declared modules, and the imports of each Swift file."""
    package = json.loads(subprocess.run(
        ["swift", "package", "dump-package"], check=True, capture_output=True, text=True).stdout)
    targets = []
    for target in package["targets"]:
        folder = pathlib.Path(
            target.get("path") or ("Tests" if target["type"] == "test" else "Sources") + "/" + target["name"])
        excluded = [folder / name for name in target["exclude"]]
        files = {
            str(path): imports_of(path.read_text())
            for path in sorted(folder.rglob("*.swift"))
            if not any(path.is_relative_to(each) for each in excluded)}
        declared = [next(iter(each.values()))[0] for each in target["dependencies"]]
        targets.append({
            "name": target["name"], "kind": target["type"], "declared": declared, "files": files})
    return targets


def reached_from(name, targets):
    """All modules that a target links, its own among them."""
    declared = {target["name"]: target["declared"] for target in targets}
    reached, open_ = set(), [name]
    while open_:
        module = open_.pop()
        if module not in reached:
            reached.add(module)
            open_ += declared.get(module, [])
    return reached


def findings(targets):
    place = {target["name"]: number for number, target in enumerate(targets)}
    for number, target in enumerate(targets):
        name, declared = target["name"], set(target["declared"])
        for file, imports in target["files"].items():
            for module in sorted(imports - SYSTEM):
                if place.get(module, -1) >= number:
                    yield f"{file}: imports {module}, which stands above {name} in Package.swift; imports go down only"
                elif module not in declared:
                    yield f"{file}: imports {module}, which {name} does not declare in Package.swift"
                if module == "Tagger" and name in TRAINING:
                    yield f"{file}: imports Tagger; training code takes what it needs from StudentFormat"
        shared = SHARED_BY_TESTS if target["kind"] == "test" else set()
        if target["files"]:
            for module in sorted(declared - set().union(*target["files"].values()) - shared):
                yield f"Package.swift: {name} declares {module}, which none of its files imports"
        if target["kind"] == "regular" and target["files"]:
            if name + "Tests" in place and name in TESTED_ELSEWHERE:
                yield f"Tests/house.py: {name} has a test target; take it out of TESTED_ELSEWHERE"
            if name + "Tests" not in place and name not in TESTED_ELSEWHERE:
                yield f"Package.swift: {name} has no test target; add tests(for: \"{name}\")"
    for module in sorted(reached_from("Tagger", targets) & set(NOT_IN_TAGGER)):
        yield f"Package.swift: Tagger reaches {module}, which an application would have to link"


def check_itself():
    """A small package that breaks every rule, so that a rule that no longer finds anything is noticed."""
    def target(name, imports, declared, kind="regular"):
        return {"name": name, "kind": kind, "declared": declared, "files": {name + ".swift": set(imports)}}
    broken = [
        target("Files", ["Tagger"], []), target("BLAS", [], ["Files"]), target("Tagger", ["BLAS"], ["BLAS"]),
        target("Networks", ["Tagger", "Files", "Foundation"], ["Tagger"]), target("Commands", [], []),
        target("CommandsTests", ["Commands"], ["Commands", "TestSupport"], "test"),
    ]
    found = list(findings(broken))
    for part in (
            "Files.swift: imports Tagger, which stands above", "BLAS declares Files, which none",
            "Networks.swift: imports Tagger; training", "Networks.swift: imports Files, which Networks does not",
            "imports Foundation", "Networks has no test target", "Tagger reaches BLAS",
            "Commands has a test target"):
        assert any(part in line for line in found), f"house.py does not find: {part}"
    assert not any("TestSupport" in line for line in found), found
    assert imports_of("@testable import A\npublic import B\nimport struct C.D\n// import E\n") == {"A", "B", "C"}


check_itself()
targets = read_targets()
problems = list(findings(targets))
print("\n".join(problems) if problems else
      f"house: {len(targets)} targets, {sum(len(each['files']) for each in targets)} files, imports go down only")
sys.exit(bool(problems))
