"""Reads the schema text of net/wire/schema/*.kw into Message, Struct and Field objects.

The format is described in net/wire/README.md. Every mistake ends the program with file and line."""

import re
import sys

SCALARS = ('bool', 'int8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'float64',
           'uuid', 'string', 'bytes', 'records')
KINDS = ('request', 'response', 'header', 'data', 'record')
NEVER = 32767


class Range:
    """Versions lo to hi, both included."""

    def __init__(self, lo, hi):
        self.lo, self.hi = lo, hi

    def __eq__(self, other):
        return isinstance(other, Range) and (self.lo, self.hi) == (other.lo, other.hi)

    def __contains__(self, version):
        return self.lo <= version <= self.hi

    def within(self, other):
        return other.lo <= self.lo and self.hi <= other.hi

    def union(self, other):
        return Range(min(self.lo, other.lo), max(self.hi, other.hi))

    def __iter__(self):
        return iter(range(self.lo, self.hi + 1))


class Field:
    def __init__(self, name, base, array, versions):
        self.name, self.base, self.array, self.versions = name, base, array, versions
        self.nullable = None     # Range or None
        self.tag = None
        self.classic = False     # never in the compact encoding
        self.default = None      # text, or None
        self.struct = None       # Struct, when base names one


class Struct:
    def __init__(self, name, versions):
        self.name, self.versions = name, versions
        self.fields = []
        self.compared = False    # a tagged field by value: left out when it equals its default


class Message:
    def __init__(self, kind, name, key, versions, flexible_from, stable):
        self.kind, self.name, self.key = kind, name, key
        self.versions, self.flexible_from, self.stable = versions, flexible_from, stable
        self.structs = []        # nested ones first, the message itself last
        self.c_name = 'kw_' + snake(name)

    def flexible(self, version):
        return version >= self.flexible_from


def snake(name):
    name = name.replace('KRaft', 'Kraft')
    name = re.sub(r'([a-z0-9])([A-Z])', r'\1_\2', name)
    return re.sub(r'([A-Z]+)([A-Z][a-z])', r'\1_\2', name).lower()


class Parser:
    def __init__(self, path):
        self.path, self.number = path, 0
        self.messages = []

    def fail(self, text):
        sys.exit(f'{self.path}:{self.number}: {text}')

    def version_range(self, text, outer):
        found = re.fullmatch(r'(\d+)(\+|-(\d+))?', text)
        if not found:
            self.fail(f'not a version range: {text}')
        lo = int(found.group(1))
        hi = lo if found.group(2) is None else outer.hi if found.group(3) is None else int(found.group(3))
        result = Range(lo, hi)
        if lo > hi or not result.within(outer):
            self.fail(f'{text} does not lie in {outer.lo}-{outer.hi}')
        return result

    def head(self, words):
        if len(words) < 2 or words[0] not in KINDS:
            self.fail('a block starts with its kind and name')
        options = dict(zip(words[2::2], words[3::2]))
        if len(words) % 2 or not set(options) <= {'key', 'versions', 'flexible', 'unstable'}:
            self.fail('after the name: key N, versions A-B, flexible N+, unstable N')
        versions = self.version_range(options.get('versions', ''), Range(0, NEVER - 1))
        flexible = self.version_range(options['flexible'], versions).lo if 'flexible' in options else NEVER
        stable = int(options['unstable']) - 1 if 'unstable' in options else versions.hi
        message = Message(words[0], words[1], int(options.get('key', -1)), versions, flexible, stable)
        self.messages.append(message)
        self.by_name = {}
        root = Struct('', versions)
        self.open = [root]       # the structs that the next line may add to, by depth
        self.closing = [root]    # every struct in order of its first line
        message.structs = self.closing

    def field(self, depth, words):
        if depth > len(self.open):
            self.fail('indented deeper than anything above')
        del self.open[depth:]
        outer = self.open[-1]
        if len(words) < 2:
            self.fail('a field is a name and a type')
        name, kind, rest = words[0], words[1], words[2:]
        array = kind.startswith('[]')
        base = kind[2:] if array else kind
        if array and base in ('bool', 'uint16', 'uint32', 'float64', 'bytes', 'records'):
            self.fail(f'no arrays of {base}')
        field = Field(name, base, array, outer.versions)
        if any(other.name == name for other in outer.fields):
            self.fail(f'{name} twice')
        if rest and rest[0][0].isdigit():
            field.versions = self.version_range(rest.pop(0), outer.versions)
        while rest:
            word = rest.pop(0)
            if word == 'null':
                field.nullable = field.versions
                if rest and rest[0][0].isdigit():
                    field.nullable = self.version_range(rest.pop(0), field.versions)
            elif word == 'tag' and rest:
                field.tag = int(rest.pop(0))
            elif word == 'default' and rest:
                field.default = rest.pop(0)
            elif word == 'classic':
                field.classic = True
            else:
                self.fail(f'what is {word}?')
        self.check(field, outer)
        outer.fields.append(field)
        if base not in SCALARS:
            self.struct_of(field)

    def check(self, field, outer):
        message = self.messages[-1]
        if field.tag is not None and field.versions.lo < message.flexible_from:
            self.fail('a tagged field in a version that is not flexible')
        if field.tag is not None and any(other.tag == field.tag for other in outer.fields):
            self.fail(f'tag {field.tag} twice')
        if field.default == 'null' and field.nullable is None:
            self.fail('null is the default of something that is never null')
        if field.nullable and field.base in ('bool', 'uuid') + tuple(
                s for s in SCALARS if s.startswith(('int', 'uint', 'float'))) and not field.array:
            self.fail(f'{field.base} is never null')
        nested = field.base not in SCALARS and not field.array
        if nested and field.nullable and (field.nullable != field.versions or
                                          field.default != 'null' and field.tag is None):
            self.fail('a nullable struct is nullable in every version and, unless tagged, null by default')

    def struct_of(self, field):
        known = self.by_name.get(field.base)
        if known is not None:
            known.versions = known.versions.union(field.versions)
            field.struct = known
            return
        field.struct = self.by_name[field.base] = Struct(field.base, field.versions)
        self.open.append(field.struct)
        self.closing.append(field.struct)

    def finish(self):
        for message in self.messages:
            message.structs.reverse()
            for struct in message.structs:
                if not struct.fields and struct.name:
                    sys.exit(f'{self.path}: {message.name}: {struct.name} has no fields')
            mark_compared(message)

    def parse(self):
        with open(self.path, encoding='ascii') as lines:
            for line in lines:
                self.number += 1
                line = line.split('#')[0].rstrip()
                if not line:
                    continue
                indent = len(line) - len(line.lstrip(' '))
                if indent % 4:
                    self.fail('indented by something else than 4, 8, ...')
                if indent == 0:
                    self.head(line.split())
                elif not self.messages:
                    self.fail('a field before any block')
                else:
                    self.field(indent // 4, line.split())
        self.finish()
        return self.messages


def mark_compared(message):
    """Marks the structs that are compared with their defaults; and sees to it that no records stand inside a
    tagged field, because the writer moves a tag's payload and cannot move spliced bytes."""
    todo = [(f, not f.array) for s in message.structs for f in s.fields if f.tag is not None and f.struct]
    while todo:
        outer, by_value = todo.pop()
        outer.struct.compared |= by_value and (outer.nullable is None or outer.default != 'null')
        for field in outer.struct.fields:
            if field.base == 'records':
                sys.exit(f'{message.name}: records inside a tagged field')
            if field.struct:
                todo.append((field, by_value and not field.array))


def parse(path):
    return Parser(path).parse()
