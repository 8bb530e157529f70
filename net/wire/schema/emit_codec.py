"""Writes the C structs and codecs of messages."""

import re
import sys

from parse import NEVER, snake

C_TYPES = {'bool': 'bool', 'int8': 'int8_t', 'int16': 'int16_t', 'uint16': 'uint16_t', 'int32': 'int32_t',
           'uint32': 'uint32_t', 'int64': 'int64_t', 'float64': 'double', 'uuid': 'struct mr_uuid',
           'string': 'struct mr_str', 'bytes': 'struct mr_slice', 'records': 'struct kw_records'}
FIXED = {'bool': 1, 'int8': 1, 'int16': 2, 'uint16': 2, 'int32': 4, 'uint32': 4, 'int64': 8, 'float64': 8,
         'uuid': 16}
EMPTY = {'bool': 'false', 'float64': '0.0', 'uuid': '(struct mr_uuid){{0}}', 'string': 'KW_EMPTY_STRING',
         'bytes': 'KW_EMPTY_BYTES', 'records': '(struct kw_records){.count = 0}'}
NULLS = {'string': '(struct mr_str){NULL, 0}', 'bytes': '(struct mr_slice){NULL, 0}',
         'records': '(struct kw_records){.null = true}'}
ODD = {'-2147483648': 'INT32_MIN', '2147483647': 'INT32_MAX', '9223372036854775807': 'INT64_MAX'}


def c_struct(message, struct):
    return f'struct {message.c_name}_{struct.name}' if struct.name else f'struct {message.c_name}'


def c_type(message, field):
    return c_struct(message, field.struct) if field.struct else C_TYPES[field.base]


def is_pointer(field):
    """A struct that may be null is held by pointer."""
    return field.struct is not None and not field.array and field.nullable is not None


def is_present_by_default(field):
    """A tagged struct that may be null: left out it has its defaults, and null is said."""
    return is_pointer(field) and field.default != 'null'


def default_value(field):
    if field.default == 'null':
        return NULLS[field.base]
    if field.default is not None:
        return ODD.get(field.default, field.default)
    return EMPTY.get(field.base, '0')


def versions_text(field, outer):
    if field.versions == outer:
        return ''
    if field.versions.hi == outer.hi:
        return f'v{field.versions.lo}+'
    return f'v{field.versions.lo}-{field.versions.hi}' if field.versions.lo != field.versions.hi \
        else f'v{field.versions.lo}'


def condition(inner, outer):
    """A C condition for "version lies in inner", known to lie in outer. None: always."""
    terms = []
    if inner.lo > outer.lo:
        terms.append(f'version >= {inner.lo}')
    if inner.hi < outer.hi:
        terms.append(f'version <= {inner.hi}')
    return ' && '.join(terms) or None


def yes_no(inner, outer):
    """The same as a C value for an argument; inner may be None: never."""
    return 'false' if inner is None else condition(inner, outer) or 'true'


def field_minimum(message, field, version):
    """The fewest bytes that a field can take in a version."""
    flex = message.flexible(version) and not field.classic
    if field.array or field.base in ('bytes', 'records'):
        return 1 if flex else 4
    if field.base == 'string':
        return 1 if flex else 2
    if field.struct is None:
        return FIXED[field.base]
    if is_pointer(field):
        return 1
    return struct_minimum(message, field.struct, version)


def struct_minimum(message, struct, version):
    size = sum(field_minimum(message, f, version)
               for f in struct.fields if version in f.versions and f.tag is None)
    return size + (1 if message.flexible(version) else 0)


def element_minimum(message, field):
    return min(struct_minimum(message, field.struct, v) for v in field.versions)


def flex_value(message, struct, field=None):
    if field is not None and field.classic:
        return 'false'
    if message.flexible_from > struct.versions.hi:
        return 'false'
    return 'true' if message.flexible_from <= struct.versions.lo else 'flex'


def get_name(message, struct):
    return f'get_{message.c_name[3:]}_{struct.name}' if struct.name else f'get_{message.c_name[3:]}'


def put_name(message, struct):
    return get_name(message, struct).replace('get_', 'put_', 1)


def default_name(message, struct):
    return get_name(message, struct).replace('get_', '', 1) + '_is_default'


def field_comment(field, struct, message):
    notes = [versions_text(field, struct.versions)]
    if field.nullable:
        notes.append('may be null' if field.nullable == field.versions
                     else f'may be null v{field.nullable.lo}' +
                     ('+' if field.nullable.hi == field.versions.hi else f'-{field.nullable.hi}'))
    if field.tag is not None:
        notes.append(f'tag {field.tag}')
    if is_present_by_default(field):
        notes.append('left out: not null but of defaults')
    if field.default not in (None, 'null'):
        notes.append(f'default {field.default}')
    notes = [n for n in notes if n]
    return f' /* {", ".join(notes)} */' if notes else ''


def struct_text(message, struct):
    out = [f'{c_struct(message, struct)} {{']
    if not struct.fields:
        out.append('    char unused; /* it has no fields; C wants one */')
    for field in struct.fields:
        kind = c_type(message, field)
        star = '*' if field.array or is_pointer(field) else ''
        out.append(f'    {kind} {star}{field.name};{field_comment(field, struct, message)}')
        if field.array:
            out.append(f'    int32_t {field.name}_count;')
    out.append('};')
    return out


def head_text(message):
    versions = f'v{message.versions.lo}' + (f'-{message.versions.hi}' if message.versions.hi > message.versions.lo else '')
    notes = [f'key {message.key}' if message.key >= 0 else '', versions,
             f'flexible v{message.flexible_from}+' if message.flexible_from != NEVER else '',
             f'v{message.stable + 1}+ not offered by default' if message.stable < message.versions.hi else '']
    return f'/* {message.name}: {", ".join(n for n in notes if n)}. */'


def codec_header(family, messages):
    guard = f'MR_WIRE_GEN_{family.upper()}_H'
    out = [f'/* Written by net/wire/schema/gen.py from {family}.kw. Do not edit.',
           ' * What init, decode and encode promise: net/wire/message.h. */', '/* clang-format off */',
           f'#ifndef {guard}', f'#define {guard}', '', '#include "net/wire/message.h"', '']
    for message in messages:
        out.append(head_text(message))
        for struct in message.structs:
            out += struct_text(message, struct)
        for struct in message.structs:
            name = c_struct(message, struct)[len('struct '):]
            out.append(f'void {name}_init(struct {name} *m);')
        name = message.c_name
        out += [f'int {name}_decode(struct kw_reader *r, int16_t version, struct mr_arena *a, struct {name} *ret);',
                f'void {name}_encode(struct kw_writer *w, int16_t version, const struct {name} *m);',
                f'extern const struct kw_message {name}_info;', '']
    out += ['#endif', '']
    return '\n'.join(wrap(line) for line in out)


def wrap(line):
    """Breaks a line of more than 110 columns after commas and operators."""
    if len(line) <= 110 or line.startswith(('/*', ' *')):
        return line
    indent = len(line) - len(line.lstrip())
    opening = line.find('(')
    tries = [(line, ' ' * (opening + 1))] if 0 <= opening < 66 else []
    tries += [(line, ' ' * (indent + 4)),
              (line[:opening + 1] + '\n' + line[opening + 1:], ' ' * (indent + 4))]
    for text, pad in tries:
        done = fill(text, pad)
        if all(len(row) <= 110 for row in done):
            return '\n'.join(done)
    sys.exit(f'cannot be broken: {line}')


def fill(text, pad):
    rows, row = [], ''
    for piece in re.split(r'(?<=, )|(?<= && )|(?<= \|\| )|(?<= \+ )|(?<= = )|(?<=\n)', text):
        if row.strip() and (row.endswith('\n') or len((row + piece).rstrip()) > 110):
            rows.append(row.rstrip())
            row = pad
        row += piece
    return rows + [row.rstrip()]


def init_lines(message, field):
    """Sets one field of m to its default."""
    name = field.name
    if field.array:
        return [f'm->{name} = NULL;', f'm->{name}_count = {-1 if field.default == "null" else 0};']
    if is_pointer(field):
        return [f'm->{name} = NULL;']
    if field.struct:
        return [f'{c_struct(message, field.struct)[7:]}_init(&m->{name});']
    return [f'm->{name} = {default_value(field)};']


def init_text(message, struct):
    name = c_struct(message, struct)[7:]
    out = [f'void {name}_init(struct {name} *m)', '{']
    if not struct.fields:
        out.append('    m->unused = 0;')
    for field in struct.fields:
        out += ['    ' + line for line in init_lines(message, field)]
    return out + ['}', '']


def get_scalar(message, struct, field, reader):
    flex = flex_value(message, struct, field)
    if field.base in FIXED:
        return f'kw_get_{field.base}({reader})'
    return f'kw_get_{field.base}({reader}, {flex}, {yes_no(field.nullable, field.versions)})'


def get_lines(message, struct, field, reader='r'):
    """Reads one field that is there."""
    name = field.name
    flex = flex_value(message, struct, field)
    nullable = yes_no(field.nullable, field.versions)
    if field.array and field.struct is None:
        return [f'm->{name} = kw_get_{field.base}_array({reader}, a, {flex}, {nullable}, &m->{name}_count);']
    if field.array:
        return [f'm->{name}_count = kw_get_count({reader}, {flex}, {nullable}, {element_minimum(message, field)});',
                f'm->{name} = kw_get_items({reader}, a, m->{name}_count, sizeof(*m->{name}));',
                f'for (int32_t i = 0; i < m->{name}_count && {"r->" if reader == "r" else "payload."}err == 0; i++)',
                f'    {get_name(message, field.struct)}({reader}, version, a, &m->{name}[i]);']
    if is_pointer(field):
        present = f'kw_get_int8({reader}) >= 0' if field.tag is None else f'kw_get_uvarint({reader}) != 0'
        return [f'm->{name} = NULL;',
                f'if ({present}) {{',
                f'    m->{name} = kw_get_items({reader}, a, 1, sizeof(*m->{name}));',
                f'    if (m->{name} != NULL)',
                f'        {get_name(message, field.struct)}({reader}, version, a, m->{name});', '}']
    if field.struct:
        return [f'{get_name(message, field.struct)}({reader}, version, a, &m->{name});']
    return [f'm->{name} = {get_scalar(message, struct, field, reader)};']


def present_lines(message, struct, field):
    """What stands for a struct of defaults that was left out; its tag may take it away again."""
    name = field.name
    when = condition(field.versions, struct.versions)
    item = f'm->{name} = kw_get_items(r, a, 1, sizeof(*m->{name}));'
    return ([f'm->{name} = NULL;', f'if ({when})', f'    {item}'] if when else [item]) + \
        [f'if (m->{name} != NULL)', f'    {c_struct(message, field.struct)[7:]}_init(m->{name});']


def get_tags(message, struct):
    tagged = sorted((f for f in struct.fields if f.tag is not None), key=lambda f: f.tag)
    flex = flex_value(message, struct)
    if flex == 'false':
        return []
    if not tagged:
        return ['kw_skip_tags(r);'] if flex == 'true' else ['if (flex)', '    kw_skip_tags(r);']
    out = []
    for field in tagged:
        out += present_lines(message, struct, field) if is_present_by_default(field) else init_lines(message, field)
    out += [f'uint32_t tags = {"kw_get_tag_count(r)" if flex == "true" else "flex ? kw_get_tag_count(r) : 0"};',
            'for (uint32_t t = 0; t < tags && r->err == 0; t++) {', '    uint32_t tag;',
            '    struct kw_reader payload = kw_get_tag(r, &tag);']
    for i, field in enumerate(tagged):
        when = condition(field.versions, struct.versions)
        # In a flexible version "from the first flexible version on" says nothing.
        if when == f'version >= {message.flexible_from}':
            when = None
        test = f'tag == {field.tag}' + (f' && {when}' if when else '')
        out.append(f'    {"} else " if i else ""}if ({test}) {{')
        out += ['        ' + line for line in get_lines(message, struct, field, '&payload')]
        out.append('        kw_tag_done(r, &payload);')
    return out + ['    }', '}']


def get_text(message, struct):
    out = [f'static void {get_name(message, struct)}(struct kw_reader *r, int16_t version, struct mr_arena *a, '
           f'{c_struct(message, struct)} *m)', '{']
    body = []
    for field in struct.fields:
        if field.tag is not None:
            continue
        when = condition(field.versions, struct.versions)
        lines = get_lines(message, struct, field)
        if when is None:
            body += lines
        elif not field.array and field.struct is None:
            body.append(f'm->{field.name} = {when} ? {get_scalar(message, struct, field, "r")} : '
                        f'{default_value(field)};')
        else:
            body += [f'if ({when}) {{'] + ['    ' + line for line in lines] + ['} else {'] + \
                ['    ' + line for line in init_lines(message, field)] + ['}']
    if not struct.fields:
        body.append('m->unused = 0;')
    body += get_tags(message, struct)
    return out + prologue(message, struct, body, ('a', 'version')) + ['    ' + line for line in body] + ['}', '']


def prologue(message, struct, body, names):
    """The flex local, and silence for arguments that this struct has no use for."""
    out = []
    text = '\n'.join(body)
    if re.search(r'\bflex\b', text):
        out.append(f'    const bool flex = version >= {message.flexible_from};')
    text += '\n'.join(out)
    return out + [f'    (void){name};' for name in names if not re.search(rf'(?<!->)\b{name}\b', text)]


def put_lines(message, struct, field):
    name = field.name
    flex = flex_value(message, struct, field)
    nullable = yes_no(field.nullable, field.versions)
    if field.array and field.struct is None:
        return [f'kw_put_{field.base}_array(w, {flex}, {nullable}, m->{name}, m->{name}_count);']
    if field.array:
        return [f'kw_put_count(w, {flex}, {nullable}, m->{name}_count);',
                f'for (int32_t i = 0; i < m->{name}_count && w->err == 0; i++)',
                f'    {put_name(message, field.struct)}(w, version, &m->{name}[i]);']
    if is_pointer(field):
        present = f'int8(w, m->{name} != NULL ? 1 : -1)' if field.tag is None else f'uvarint(w, m->{name} != NULL)'
        return [f'kw_put_{present};', f'if (m->{name} != NULL)',
                f'    {put_name(message, field.struct)}(w, version, m->{name});']
    if field.struct:
        return [f'{put_name(message, field.struct)}(w, version, &m->{name});']
    if field.base in FIXED:
        what = 'throttle' if message.kind == 'response' and name == 'throttle_time_ms' else field.base
        return [f'kw_put_{what}(w, m->{name});']
    amp = '&' if field.base == 'records' else ''
    return [f'kw_put_{field.base}(w, {flex}, {nullable}, {amp}m->{name});']


def differs(message, field):
    """A C condition: the field is not its default."""
    name = f'm->{field.name}'
    if field.array:
        return f'{name}_count >= 0' if field.default == 'null' else \
            f'{name}_count != 0' if field.nullable else f'{name}_count > 0'
    if is_present_by_default(field):
        return f'({name} == NULL || !{default_name(message, field.struct)}({name}))'
    if is_pointer(field):
        return f'{name} != NULL'
    if field.struct:
        return f'!{default_name(message, field.struct)}(&{name})'
    if field.base == 'uuid':
        return f'!mr_uuid_is_zero({name})'
    if field.base in ('string', 'bytes'):
        return f'{name}.ptr != NULL' if field.default == 'null' else \
            f'({name}.len != 0 || {name}.ptr == NULL)' if field.nullable else f'{name}.len != 0'
    if field.base == 'bool':
        return f'!{name}' if field.default == 'true' else name
    return f'{name} != {default_value(field)}'


def default_text(message, struct):
    out = [f'static bool {default_name(message, struct)}(const {c_struct(message, struct)} *m)', '{']
    terms = [differs(message, field) for field in struct.fields]
    return out + [f'    return !({" || ".join(terms)});', '}', '']


def put_tags(message, struct):
    tagged = sorted((f for f in struct.fields if f.tag is not None), key=lambda f: f.tag)
    flex = flex_value(message, struct)
    if flex == 'false':
        return []
    if not tagged:
        return ['kw_put_uvarint(w, 0);'] if flex == 'true' else ['if (flex)', '    kw_put_uvarint(w, 0);']
    out = []
    for field in tagged:
        when = condition(field.versions, struct.versions)
        if when == f'version >= {message.flexible_from}':
            when = None
        test = differs(message, field)
        out.append(f'const bool has_{field.name} = {when + " && " if when else ""}{test};')
    total = ' + '.join(f'has_{f.name}' for f in tagged)
    out.append(f'kw_put_uvarint(w, (uint32_t)({total}));' if len(tagged) > 1 else f'kw_put_uvarint(w, {total});')
    for field in tagged:
        out += [f'if (has_{field.name}) {{', f'    const size_t mark = kw_tag_begin(w, {field.tag});']
        out += ['    ' + line for line in put_lines(message, struct, field)]
        out += ['    kw_tag_end(w, mark);', '}']
    if flex == 'true':
        return out
    return ['if (flex) {'] + ['    ' + line for line in out] + ['}']


def put_text(message, struct):
    body = []
    for field in struct.fields:
        if field.tag is not None:
            continue
        when = condition(field.versions, struct.versions)
        lines = put_lines(message, struct, field)
        if when is None:
            body += lines
        elif len(lines) == 1:
            body += [f'if ({when})', '    ' + lines[0]]
        else:
            body += [f'if ({when}) {{'] + ['    ' + line for line in lines] + ['}']
    body += put_tags(message, struct)
    out = [f'static void {put_name(message, struct)}(struct kw_writer *w, int16_t version, '
           f'const {c_struct(message, struct)} *m)', '{']
    return out + prologue(message, struct, body, ('version', 'm')) + ['    ' + line for line in body] + ['}', '']


def message_text(message):
    name = message.c_name
    lo, hi = message.versions.lo, message.versions.hi
    flexible = 'KW_NEVER' if message.flexible_from == NEVER else str(message.flexible_from)
    root = message.structs[-1]
    return [
        f'int {name}_decode(struct kw_reader *r, int16_t version, struct mr_arena *a, struct {name} *ret)', '{',
        f'    if (version < {lo} || version > {hi})',
        '        return -MR_E_VERSION;',
        f'    {get_name(message, root)}(r, version, a, ret);',
        '    return r->err;', '}', '',
        f'void {name}_encode(struct kw_writer *w, int16_t version, const struct {name} *m)', '{',
        f'    if (version < {lo} || version > {hi})',
        '        kw_writer_fail(w, -MR_E_VERSION);',
        '    else',
        f'        {put_name(message, root)}(w, version, m);', '}', '',
        f'static void init_any_{name[3:]}(void *m) {{ {name}_init(m); }}', '',
        f'static int decode_any_{name[3:]}(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)', '{',
        f'    return {name}_decode(r, version, a, ret);', '}', '',
        f'static void encode_any_{name[3:]}(struct kw_writer *w, int16_t version, const void *m)', '{',
        f'    {name}_encode(w, version, m);', '}', '',
        f'const struct kw_message {name}_info = {{',
        f'    .name = "{message.name}",',
        f'    .kind = KW_{message.kind.upper()},',
        f'    .key = {message.key},',
        f'    .v_min = {lo},', f'    .v_max = {hi},', f'    .v_stable = {message.stable},',
        f'    .flexible_from = {flexible},',
        f'    .size = sizeof(struct {name}),',
        f'    .init = init_any_{name[3:]},', f'    .decode = decode_any_{name[3:]},',
        f'    .encode = encode_any_{name[3:]},', '};', '']


def codec_source(family, messages):
    out = [f'/* Written by net/wire/schema/gen.py from {family}.kw. Do not edit. */', '/* clang-format off */',
           f'#include "net/wire/gen/{family}.h"', '']
    for message in messages:
        for struct in message.structs:
            out += init_text(message, struct)
        for struct in message.structs:
            out += get_text(message, struct)
        for struct in message.structs:
            if struct.compared:
                out += default_text(message, struct)
        for struct in message.structs:
            out += put_text(message, struct)
        out += message_text(message)
    return '\n'.join(wrap(line) for line in out)
