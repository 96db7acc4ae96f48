"""How large the house is: functions and files against the sizes that ARCHITECTURE.md allows."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
MEDIAN_MOST, FUNCTION_MOST, FILE_MOST = 10, 50, 400
_CODE = (ast.FunctionDef, ast.AsyncFunctionDef)


def files() -> Iterator[Path]:
    """Yield every Python file that somebody wrote."""
    for folder in ("src", "tests", "bench"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and its lines of code, without docstring, comments and blank lines."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, _CODE):
            body = node.body[1:] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body
            span = lines[body[0].lineno - 1 : node.end_lineno]
            code = [line for line in span if line.strip() and not line.strip().startswith("#")]
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", len(code)


def main() -> int:
    """Print the figures; return 1 when one is above its limit."""
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files()}
    source = [found for file in sizes if "src" in file.parts for found in functions(file)]
    every = [found for file in sizes for found in functions(file)]
    longest = max(every, key=lambda found: found[1])
    largest = max(sizes, key=lambda file: sizes[file])
    middle = median(lines for _, lines in source)
    print(f"files                   {len(sizes)}")
    print(f"functions in src        {len(source)}")
    print(f"median function         {middle:g} lines of code (at most {MEDIAN_MOST})")
    print(f"longest function        {longest[1]} lines of code (at most {FUNCTION_MOST}): {longest[0]}")
    print(f"largest file            {sizes[largest]} lines (at most {FILE_MOST}): {largest.relative_to(ROOT)}")
    good = middle <= MEDIAN_MOST and longest[1] <= FUNCTION_MOST and sizes[largest] <= FILE_MOST
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
