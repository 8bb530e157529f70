"""Writes net/wire/gen/shapes.c: where each field of a stored message lies in its struct (net/wire/shape.h)."""

import re

from emit_codec import c_struct, is_pointer

STORED = ('record', 'data')


def json_name(name):
    """Kafka's name of the field in its JSON. Snake case has lost one capital: that of KRaft."""
    camel = re.sub(r'_([a-z0-9])', lambda m: m.group(1).upper(), name)
    return re.sub(r'^kraft', 'kRaft', camel)


def field_text(message, struct, field):
    where = c_struct(message, struct)
    parts = [f'"{json_name(field.name)}"', 'KW_TYPE_' + ('STRUCT' if field.struct else field.base.upper()),
             'true' if field.array else 'false', 'true' if is_pointer(field) else 'false',
             'true' if field.tag is not None else 'false', f'offsetof({where}, {field.name})',
             f'offsetof({where}, {field.name}_count)' if field.array else '0',
             str(field.versions.lo), str(field.versions.hi),
             f'&{c_struct(message, field.struct)[7:]}_shape' if field.struct else 'NULL']
    return '    {' + ', '.join(parts) + '},'


def shapes_source(families):
    stored = [(family, [m for m in messages if m.kind in STORED]) for family, messages in families]
    stored = [(family, messages) for family, messages in stored if messages]
    out = ['/* Written by net/wire/schema/gen.py: the shapes of stored messages. Do not edit. */',
           '/* clang-format off */', '#include "net/wire/shape.h"', '']
    out += [f'#include "net/wire/gen/{family}.h"' for family, _ in stored]
    out.append('')
    for _, messages in stored:
        for message in messages:
            for struct in message.structs:
                name = c_struct(message, struct)[7:]
                if struct.fields:
                    out.append(f'static const struct kw_shape_field {name}_fields[] = {{')
                    out += [field_text(message, struct, field) for field in struct.fields]
                    out.append('};')
                out.append(f'static void {name}_init_any(void *m) {{ {name}_init(m); }}')
                out.append(f'static const struct kw_shape {name}_shape = {{sizeof(struct {name}), {name}_init_any, '
                           f'{len(struct.fields)}, {name + "_fields" if struct.fields else "NULL"}}};')
    out += ['', 'static const struct {', '    const struct kw_message *info;', '    const struct kw_shape *shape;',
            '} shapes[] = {']
    out += [f'    {{&{m.c_name}_info, &{m.c_name}_shape}},' for _, messages in stored for m in messages]
    out += ['};', '', 'const struct kw_shape *kw_shape_of(const struct kw_message *info)', '{',
            '    for (size_t i = 0; i < MR_COUNT(shapes); i++) {', '        if (shapes[i].info == info)',
            '            return shapes[i].shape;', '    }', '    return NULL;', '}', '']
    return '\n'.join(out)
