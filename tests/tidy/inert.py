#!/usr/bin/env python3
"""The part of README.md that lists the settings without effect: those with CONFIG_INERT in core/config_table_*.c.

    tests/tidy/inert.py            print it
    tests/tidy/inert.py --write    put it into README.md

tidy.py checks that it stands there as the tables have it."""
import os
import re
import sys
import textwrap

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLES = ("core/config_table_broker.c", "core/config_table_topic.c")
KINDS = (("rows", "Of the broker"), ("topic_rows", "Of topics"), ("group_rows", "Of groups"))
BEGIN, END = "<!-- tests/tidy/inert.py --write -->\n", "<!-- end -->\n"
WIDTH = 130


def keys(text):
    """{name of the table: its keys without effect} of one source file."""
    found = {}
    for name, body in re.findall(r"static const struct config_key (\w+)\[\] = \{\n(.*?)^\};", text, re.S | re.M):
        rows = re.findall(r'^\s*KO?\(\w+, \w+, "([^"]+)",(.*)\),?$', body, re.M)
        if len(rows) != len(re.findall(r"\bKO?\(", body)):
            raise ValueError(f"{name}: a row is not one line")
        found[name] = [key for key, rest in rows if re.search(r"\bCONFIG_INERT\b", rest)]
    return found


def section(tables):
    """The text between the marks, from the texts of the tables."""
    found = {}
    for text in tables:
        found.update(keys(text))
    if set(found) - {name for name, _ in KINDS}:
        raise ValueError(f"tables of another name: {sorted(found)}")
    out = ""
    for name, title in KINDS:
        if found.get(name):
            listed = textwrap.fill(" ".join(found[name]), WIDTH, break_on_hyphens=False, break_long_words=False)
            out += f"{title} ({len(found[name])}):\n```\n{listed}\n```\n"
    return out


def marked(readme):
    """What stands between the marks now, where it begins, where it ends; None without marks."""
    at = readme.find(BEGIN)
    end = readme.find(END, at)
    return (readme[at + len(BEGIN):end], at + len(BEGIN), end) if at >= 0 and end >= 0 else None


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as f:
        return f.read()


def main():
    text = section([read(name) for name in TABLES])
    if sys.argv[1:] == ["--write"]:
        readme = read("README.md")
        found = marked(readme)
        if found is None:
            sys.exit(f"README.md lacks {BEGIN.strip()} and {END.strip()}")
        with open(os.path.join(ROOT, "README.md"), "w", encoding="utf-8") as f:
            f.write(readme[:found[1]] + text + readme[found[2]:])
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
