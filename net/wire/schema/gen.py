#!/usr/bin/env python3
"""Turns net/wire/schema/*.kw into C: net/wire/gen/*.[ch] and tests/wire/describe_gen.h.

    net/wire/schema/gen.py          writes what changed
    net/wire/schema/gen.py --check  writes nothing; fails when something would change

Run by hand after a schema changed; the build never runs it. Format and rules: net/wire/README.md."""

import os
import sys

import parse
from emit_codec import codec_header, codec_source
from emit_shapes import shapes_source
from emit_tests import describe_header

SCHEMA = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(SCHEMA, '..', '..', '..'))


def index_source(families):
    """The tables behind kw_request_info() and its like."""
    messages = [m for _, ms in families for m in ms]
    out = ['/* Written by net/wire/schema/gen.py: every message there is. Do not edit. */', '/* clang-format off */']
    out += [f'#include "net/wire/gen/{family}.h"' for family, _ in families]
    out += ['', 'static const struct kw_message *const all[] = {']
    out += [f'    &{m.c_name}_info,' for m in messages]
    out += ['};', '']
    for kind, what in (('request', 'api_key'), ('response', 'api_key'), ('record', 'type')):
        mine = sorted((m for m in messages if m.kind == kind), key=lambda m: m.key)
        out += [f'static const struct kw_message *const {kind}s[] = {{']
        out += [f'    [{m.key}] = &{m.c_name}_info,' for m in mine]
        out += ['};', '',
                f'const struct kw_message *kw_{kind}_info(int16_t {what})', '{',
                f'    if ({what} < 0 || (size_t){what} >= MR_COUNT({kind}s))',
                '        return NULL;',
                f'    return {kind}s[{what}];', '}', '']
    out += ['const struct kw_message *kw_message_at(uint32_t i)', '{',
            '    return i < MR_COUNT(all) ? all[i] : NULL;', '}', '']
    return '\n'.join(out)


def outputs():
    families = []
    for name in sorted(os.listdir(SCHEMA)):
        if name.endswith('.kw'):
            families.append((name[:-3], parse.parse(os.path.join(SCHEMA, name))))
    seen = {}
    for family, messages in families:
        for message in messages:
            if seen.setdefault(message.c_name, family) != family:
                sys.exit(f'{message.name} is in {family} and in {seen[message.c_name]}')
    result = {}
    for family, messages in families:
        result[f'net/wire/gen/{family}.h'] = codec_header(family, messages)
        result[f'net/wire/gen/{family}.c'] = codec_source(family, messages)
    result['net/wire/gen/index.c'] = index_source(families)
    result['net/wire/gen/shapes.c'] = shapes_source(families)
    result['tests/wire/describe_gen.h'] = describe_header(families)
    return result


def current(path):
    try:
        with open(path, encoding='ascii') as file:
            return file.read()
    except FileNotFoundError:
        return None


def main():
    check = sys.argv[1:] == ['--check']
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    wanted = outputs()
    gen = os.path.join(ROOT, 'net/wire/gen')
    os.makedirs(gen, exist_ok=True)
    stale = [f'net/wire/gen/{name}' for name in sorted(os.listdir(gen)) if f'net/wire/gen/{name}' not in wanted]
    changed = [path for path, text in wanted.items() if current(os.path.join(ROOT, path)) != text]
    if check and (stale or changed):
        sys.exit('not what gen.py writes: ' + ' '.join(stale + changed))
    for path in stale:
        os.remove(os.path.join(ROOT, path))
    for path in changed:
        with open(os.path.join(ROOT, path), 'w', encoding='ascii') as file:
            file.write(wanted[path])


if __name__ == '__main__':
    main()
