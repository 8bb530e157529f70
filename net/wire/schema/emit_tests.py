"""Writes tests/wire/describe_gen.h: where each field lies in its struct, so that the tests can fill in any
message with random values and compare two of them."""

from emit_codec import c_struct, is_pointer


def type_name(field):
    return 'WT_STRUCT' if field.struct else 'WT_' + field.base.upper()


def field_text(message, struct, field):
    where = c_struct(message, struct)
    nullable = field.nullable
    parts = [f'"{field.name}"', type_name(field), 'true' if field.array else 'false',
             'true' if is_pointer(field) else 'false', 'true' if field.tag is not None else 'false',
             f'offsetof({where}, {field.name})',
             f'offsetof({where}, {field.name}_count)' if field.array else '0',
             str(field.versions.lo), str(field.versions.hi),
             str(nullable.lo) if nullable else '0', str(nullable.hi) if nullable else '-1',
             f'&{c_struct(message, field.struct)[7:]}_shape' if field.struct else 'NULL']
    return '    {' + ', '.join(parts) + '},'


def describe_header(families):
    out = ['/* Written by net/wire/schema/gen.py. Do not edit.',
           ' * The shape of every message, for tests/wire/describe.h. */', '/* clang-format off */',
           '#ifndef MR_WIRE_DESCRIBE_GEN_H', '#define MR_WIRE_DESCRIBE_GEN_H', '']
    out += [f'#include "net/wire/gen/{family}.h"' for family, _ in families]
    out += ['#include "tests/wire/describe.h"', '']
    for _, messages in families:
        for message in messages:
            for struct in message.structs:
                name = c_struct(message, struct)[7:]
                if struct.fields:
                    out.append(f'static const struct wt_field {name}_fields[] = {{')
                    out += [field_text(message, struct, field) for field in struct.fields]
                    out.append('};')
                out.append(f'static void {name}_init_any(void *m) {{ {name}_init(m); }}')
                out.append(f'static const struct wt_struct {name}_shape = {{"{name}", sizeof(struct {name}), {name}_init_any, '
                           f'{len(struct.fields)}, '
                           f'{name + "_fields" if struct.fields else "NULL"}}};')
    out += ['', 'static const struct wt_message wt_messages[] = {']
    out += [f'    {{&{m.c_name}_info, &{m.c_name}_shape}},' for _, ms in families for m in ms]
    out += ['};', '', '#endif', '']
    return '\n'.join(out)
