#include "net/wire/shape.h"

size_t kw_shape_value_bytes(const struct kw_shape_field *f)
{
    switch (f->type) {
    case KW_TYPE_BOOL:
        return sizeof(bool);
    case KW_TYPE_INT8:
        return 1;
    case KW_TYPE_INT16:
    case KW_TYPE_UINT16:
        return 2;
    case KW_TYPE_INT32:
    case KW_TYPE_UINT32:
        return 4;
    case KW_TYPE_INT64:
    case KW_TYPE_FLOAT64:
        return 8;
    case KW_TYPE_UUID:
        return sizeof(struct mr_uuid);
    case KW_TYPE_STRING:
        return sizeof(struct mr_str);
    case KW_TYPE_BYTES:
        return sizeof(struct mr_slice);
    case KW_TYPE_RECORDS:
        return sizeof(struct kw_records);
    case KW_TYPE_STRUCT:
        return f->shape->size;
    }
    return 0;
}
