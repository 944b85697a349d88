"""The release workflow: pinned, hashed build tools alone; what its commands make, as written."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml

from albania_uk_migration import __version__, table_names

from ..support.altered_tables import ROOT
from .conftest import Repository

pytestmark = pytest.mark.once

TOOLS = ".github/build-requirements.txt"
JOBS: dict[str, Any] = yaml.safe_load(
    (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
)["jobs"]
REQUIREMENTS = (ROOT / TOOLS).read_text(encoding="utf-8")
PIN = re.compile(r"[a-z0-9-]+==[0-9.]+( +--hash=sha256:[0-9a-f]{64})+")
# All that the build job may run. Nothing else installs, and nothing is installed without its hash.
COMMANDS = (
    r'python3 -m venv "\$RUNNER_TEMP/tools"',
    r'"\$RUNNER_TEMP/tools/bin/pip" install --require-hashes --only-binary :all: --requirement '
    + TOOLS,
    r'echo "\$RUNNER_TEMP/tools/bin" >> "\$GITHUB_PATH"',
    rf"uv build .*--build-constraints {TOOLS} --require-hashes",
    r"uv export .*--no-build .*",
    r"PYTHONPATH=src python3 -m albania_uk_migration metadata .*",
    r"(TZ=UTC git archive|cmp|diff|mkdir|sed|sha256sum) .*",
    r"for folder in .*|do|done|zip=.*",
)


def _commands(job: dict[str, Any]) -> list[str]:
    """Commands of a job, each in one line."""
    scripts = "\n".join(step.get("run", "") for step in job["steps"]).replace("\\\n", " ")
    lines = (" ".join(command.split()) for command in re.split(r"[\n;|&]+", scripts))
    return [line for line in lines if line]


def _unpinned(job: dict[str, Any], requirements: str) -> list[str]:
    """What a job uses, runs or installs that is not pinned, or not known to be."""
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    pinned = r"actions/(checkout|upload-artifact)@[0-9a-f]{40}"
    pins = re.sub(r" *\\\n *", " ", requirements).splitlines()
    return [
        *(use for use in uses if not re.fullmatch(pinned, use)),
        *(one for one in _commands(job) if not re.fullmatch("|".join(COMMANDS), one)),
        *(pin for pin in pins if not PIN.fullmatch(pin)),
    ]


def test_the_build_job_has_pinned_hashed_tools_and_nothing_else() -> None:
    assert _unpinned(JOBS["build"], REQUIREMENTS) == []
    found = _commands(JOBS["build"])
    assert [one for one in COMMANDS if not any(re.fullmatch(one, each) for each in found)] == []
    assert JOBS["build"]["needs"] == "test"


def _step(**step: str) -> Callable[[dict[str, Any]], object]:
    return lambda job: job["steps"].append(step)


def _edit(old: str, new: str) -> Callable[[dict[str, Any]], object]:
    def edit(job: dict[str, Any]) -> None:
        (step,) = (one for one in job["steps"] if old in one.get("run", ""))
        step["run"] = step["run"].replace(old, new)

    return edit


@pytest.mark.parametrize(
    "spoil",
    [
        _step(run="uv sync"),
        _step(run="uv run pytest"),
        _step(run="pip install --group dev"),
        _step(run="python3 -m pip install cyclonedx-bom"),
        _step(run="uv pip install ."),
        _step(run="uvx cyclonedx-bom"),
        _step(run="curl -LsSf https://example.org/install.sh | sh"),
        _step(run="mkdir more && uv sync --all-extras"),
        _step(uses=f"astral-sh/setup-uv@{'0' * 40}"),
        _step(uses="actions/checkout@v7"),
        _edit("--require-hashes --only-binary", "--only-binary"),
        _edit("--only-binary :all:", ""),
        _edit(f"--requirement {TOOLS}", f"--requirement {TOOLS} hatch"),
        _edit("build-requirements.txt --require-hashes\n", "build-requirements.txt\n"),
        _edit(f"--build-constraints {TOOLS}", ""),
        _edit("--no-build ", ""),
    ],
)
def test_a_build_job_that_installs_more_is_noticed(
    spoil: Callable[[dict[str, Any]], object],
) -> None:
    job = copy.deepcopy(JOBS["build"])
    spoil(job)
    assert job != JOBS["build"]
    assert _unpinned(job, REQUIREMENTS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"hatchling==[0-9.]+", "hatchling>=1"),
        (r"hatchling==", "hatchling @ https://example.org/"),
        (r"(pluggy==[0-9.]+) \\\n.*\\\n.*\n", r"\1\n"),
        (r"sha256:[0-9a-f]{64}", "md5:0"),
        (r"^", "--index-url https://example.org/simple\n"),
    ],
)
def test_a_tool_without_version_or_hash_is_noticed(old: str, new: str) -> None:
    spoiled = re.sub(old, new, REQUIREMENTS, count=1)
    assert spoiled != REQUIREMENTS
    assert _unpinned(JOBS["build"], spoiled)


def test_the_builder_is_the_one_that_is_tested_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pinned,) = (
        one for one in project["tool"]["uv"]["constraint-dependencies"] if "hatchling" in one
    )
    assert f"{pinned} \\\n" in REQUIREMENTS


def test_a_release_is_tested_and_asked_what_stops_it_before_it_is_built() -> None:
    commands = _commands(JOBS["test"])
    assert 'uv run python scripts/release.py status --tagged "$GITHUB_REF_NAME"' in commands
    assert "uv run pytest" in commands
    order = ["test", "build", "attest", "publish", "page"]
    assert list(JOBS) == order
    assert [JOBS[job]["needs"] for job in order[1:]] == order[:-1]
    attested = [step.get("with", {}).get("subject-checksums") for step in JOBS["attest"]["steps"]]
    assert "dist/SHA256SUMS" in attested


# ---------------------------------------------------------------- what the commands make


def _run(step: dict[str, Any], checkout: Path, temporary: Path, **more: str) -> None:
    """Run a step as the job does: by a Python without the packages of this environment."""
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), os.environ["PATH"]])
    env = os.environ | {"PATH": path, "RUNNER_TEMP": str(temporary)} | more
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step["run"]],
        cwd=checkout / step.get("working-directory", ""),
        env=env | {"GITHUB_REF_NAME": f"v{__version__}"},
        check=True,
    )


@pytest.fixture(scope="module")
def built(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release: the steps of the job that need no network, run as written."""
    if sys.platform == "win32" or shutil.which("git") is None:
        pytest.skip("the job runs on Linux, with git")
    folder, temporary = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("temporary")
    shutil.copytree(first, folder, dirs_exist_ok=True)
    base = f"albania_uk_migration-{__version__}"
    for made in (folder / "dist", temporary / "again"):
        made.mkdir()
        for name in (f"{base}-py3-none-any.whl", f"{base}.tar.gz"):
            (made / name).write_bytes(b"built by uv")
    (folder / "dist" / f"albania-uk-migration-{__version__}.cdx.json").write_text("{}")
    for step in JOBS["build"]["steps"]:
        if "git archive" in step.get("run", "") or "sha256sum" in step.get("run", ""):
            _run(step, folder, temporary)
    return folder / "dist"


def test_the_checksums_are_of_every_file(built: Path) -> None:
    lines = (built / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(told) == {path.name for path in built.iterdir()} - {"SHA256SUMS"}
    assert len(told) == 4
    for name, digest in told.items():
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest


def test_the_zipped_data_package_is_one(built: Path, tmp_path: Path) -> None:
    zipped = built / f"albania-uk-migration-{__version__}-datapackage.zip"
    report = frictionless.Package(str(zipped)).validate()
    assert report.valid
    assert {task.name for task in report.tasks} == set(table_names())
    with zipfile.ZipFile(zipped) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path)
    beside = {"README.md", "CHANGELOG.md", "LICENSE-DATA", "CITATION.cff"}
    told = json.loads((tmp_path / "croissant.json").read_bytes())
    files = {one["contentUrl"]: one["sha256"] for one in told["distribution"]}
    made = {"croissant.json", "dataset.jsonld", "data/"}
    assert names == {"datapackage.json", *files, *beside, *made}
    for path, digest in files.items():
        assert hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() == digest
    assert json.loads((tmp_path / "dataset.jsonld").read_bytes())["version"] == __version__
    assert yaml.safe_load((tmp_path / "CITATION.cff").read_text(encoding="utf-8"))["references"]


def test_the_data_package_is_of_the_commit_and_of_nothing_beside_it(
    built: Path, released: Repository, tmp_path: Path
) -> None:
    (step,) = (one for one in JOBS["build"]["steps"] if "git archive" in one.get("run", ""))
    (released.folder / "data" / "mine.csv").write_text("a,b\n", encoding="utf-8")
    os.utime(released.folder / "datapackage.json", (10**9, 10**9))
    for folder in (released.folder / "dist", tmp_path / "again"):
        folder.mkdir()
    _run(step, released.folder, tmp_path, TZ="Asia/Tokyo")
    (zipped,) = (released.folder / "dist").iterdir()
    assert zipped.read_bytes() == (built / zipped.name).read_bytes()
