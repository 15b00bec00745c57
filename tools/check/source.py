"""What the checks share: the tree's files, C without comments, and how a check ends."""
# SPDX-License-Identifier: Apache-2.0
import os
import re
import subprocess
import sys

# Material rather than source: what fuzzers and tests feed to the program.
MATERIAL = ("tests/fuzz/corpora/", "tests/data/", "bench/data/")

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


class Tree:
    """The files that git knows or would know, below `root`."""

    def __init__(self, root):
        self.root = root
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
        self.paths = sorted({p for p in listed if p and not p.startswith(MATERIAL)
                             and os.path.isfile(os.path.join(root, p))})

    def text(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def c_files(self):
        return [p for p in self.paths if p.endswith((".c", ".h"))]

    def interpreter(self, path):
        """The program that a file's first line names (bash, python3, node), or None."""
        with open(os.path.join(self.root, path), "rb") as file:
            first = file.readline(200)
        if not first.startswith(b"#!"):
            return None
        return first.decode(errors="replace").split()[-1].rsplit("/", 1)[-1]

    def scripts(self, interpreter, suffix):
        return [p for p in self.paths if p.endswith(suffix) or self.interpreter(p) == interpreter]


def blank(text):
    """As many line feeds as `text` has, so that line numbers stay true."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(c):
    return TOKEN.sub(lambda m: blank(m[0]) if m[0][0] == "/" else m[0], c)


def only_code(c):
    """C without comments, strings and character constants."""
    return TOKEN.sub(lambda m: blank(m[0]), c)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def main(check):
    """Runs `check(tree)`, which returns (complaints, one line about what it saw)."""
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here))
    complaints, seen = check(Tree(root))
    for complaint in complaints:
        print(complaint)
    print(seen)
    sys.exit(1 if complaints else 0)
