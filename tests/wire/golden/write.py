#!/usr/bin/env python3
"""Writes golden bytes: random messages by the classes of Apache Kafka 4.1.0 (tests/e2e/peer fetches them).

    tests/wire/golden/write.py FAMILY...     net/wire/schema/FAMILY.kw -> tests/wire/golden/FAMILY.txt

Run by hand when a schema is new or changed. Java is told the schema as lines, `M name from to flexible_from key` and
for each field `F depth name type array from to null_from null_to tag default classic`."""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, '..', '..', '..'))
SCHEMA = os.path.join(ROOT, 'net/wire/schema')
sys.dont_write_bytecode = True
sys.path.insert(0, SCHEMA)

import parse  # noqa: E402: from SCHEMA


def field_lines(struct, depth):
    for f in struct.fields:
        null = f.nullable or parse.Range(0, -1)
        words = ['F', depth, f.name, 'struct' if f.struct else f.base, int(f.array), f.versions.lo, f.versions.hi, null.lo, null.hi,
                 -1 if f.tag is None else f.tag, f.default or '-', int(f.classic)]
        yield ' '.join(str(w) for w in words)
        if f.struct:
            yield from field_lines(f.struct, depth + 1)


def schema_lines(family):
    for m in parse.parse(os.path.join(SCHEMA, family + '.kw')):
        yield f'M {m.name} {m.versions.lo} {m.versions.hi} {m.flexible_from} {m.key}'
        yield from field_lines(m.structs[-1], 0)


def main():
    if not sys.argv[1:]:
        sys.exit(__doc__)
    jars = subprocess.check_output([os.path.join(ROOT, 'tests/e2e/peer'), 'classpath'], text=True).strip()
    with tempfile.TemporaryDirectory() as work:
        subprocess.check_call(['javac', '-cp', jars, '-d', work, os.path.join(HERE, 'GoldenWriter.java')])
        for family in sys.argv[1:]:
            schema = os.path.join(work, 'schema')
            with open(schema, 'w', encoding='ascii') as file:
                file.write('\n'.join(schema_lines(family)) + '\n')
            subprocess.check_call(['java', '-Xmx256m', '-cp', f'{jars}:{work}', 'GoldenWriter', schema,
                                   os.path.join(HERE, family + '.txt')])


if __name__ == '__main__':
    main()
