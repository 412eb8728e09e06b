"""A rolepress that make install has put below a folder of its own: what plugins and programs are built with."""

from lib.tap import ENV, ROOT, equal, run, says, scratch

PREFIX = scratch() / "opt"
BINARY = PREFIX / "bin/rolepress"
FILTERS = PREFIX / "lib/rolepress/filters"
_NO_MAKE = ("env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "-u", "MODE")

ENV["PKG_CONFIG_PATH"] = str(PREFIX / "lib/pkgconfig")
ENV["LD_LIBRARY_PATH"] = str(PREFIX / "lib")


def make(folder, *words):
    """Runs make in a folder; that it succeeds is a test."""
    result = run(*_NO_MAKE, "make", "-C", folder, *words)
    equal(result.returncode, 0, f"make {' '.join(map(str, words))}", says(result))
    return result


def flags(*what):
    """What pkg-config says of the installed rolepress."""
    return run("pkg-config", *what, "rolepress").stdout.split()


def compile(*words, compiler=("cc", "-std=c11")):
    """Compiles without a warning; that it succeeds is a test."""
    result = run(*compiler, "-Wall", "-Wextra", "-Werror", *words)
    return equal(result.returncode, 0, f"{' '.join(compiler)} {words[-1]}", says(result))


make(ROOT, "install", f"PREFIX={PREFIX}")
