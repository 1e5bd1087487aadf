/*
 * tree_equal.c - the trees field by field, as their own descriptors list the fields.
 *
 * In: two messages.   Out: whether they are one but for places. Recursion is as deep as the trees,
 * which nesting.h bounds before they are made.
 */
#include "base/common.h"

#include "compiler/qualify/tree_equal.h"

#include <string.h>

typedef const ProtobufCFieldDescriptor Field;

static bool is_place(const char *name)
{
    static const char *const places[] = {"location", "list_start", "list_end", "stmt_location",
                                         "stmt_len"};
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(name, places[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const void *member(const ProtobufCMessage *message, unsigned offset)
{
    return (const char *)message + offset;
}

static size_t count_of(const ProtobufCMessage *message, Field *field)
{
    size_t count = 0;
    memcpy(&count, member(message, field->quantifier_offset), sizeof count);
    return count;
}

static const void *pointer_at(const void *place)
{
    const void *pointer = NULL;
    memcpy(&pointer, place, sizeof pointer);
    return pointer;
}

static size_t width_of(ProtobufCType type)
{
    switch ((int)type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return sizeof(int64_t);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    default:
        return sizeof(int32_t);
    }
}

static bool texts_equal(const char *one, const char *two)
{
    return strcmp(one == NULL ? "" : one, two == NULL ? "" : two) == 0;
}

/* One value, wherever it stands. */
static bool values_equal(Field *field, const void *one, const void *two)
{
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_MESSAGE:
        return sql_tree_equal(pointer_at(one), pointer_at(two));
    case PROTOBUF_C_TYPE_STRING:
        return texts_equal(pointer_at(one), pointer_at(two));
    default: /* the grammar's trees hold no bytes */
        return memcmp(one, two, width_of(field->type)) == 0;
    }
}

static bool lists_equal(Field *field, const ProtobufCMessage *one, const ProtobufCMessage *two)
{
    const size_t count = count_of(one, field), width = width_of(field->type);
    if (count != count_of(two, field)) {
        return false;
    }
    const char *const left = pointer_at(member(one, field->offset));
    const char *const right = pointer_at(member(two, field->offset));
    for (size_t i = 0; i < count; i++) {
        if (!values_equal(field, left + i * width, right + i * width)) {
            return false;
        }
    }
    return true;
}

/* Which member of a union is there: its number, in the place where a list has its count. */
static uint32_t chosen(const ProtobufCMessage *message, Field *field)
{
    uint32_t number = 0;
    memcpy(&number, member(message, field->quantifier_offset), sizeof number);
    return number;
}

static bool fields_equal(Field *field, const ProtobufCMessage *one, const ProtobufCMessage *two)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return lists_equal(field, one, two);
    }
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        if (chosen(one, field) != chosen(two, field)) {
            return false;
        }
        if (chosen(one, field) != field->id) {
            return true;
        }
    }
    return is_place(field->name) ||
           values_equal(field, member(one, field->offset), member(two, field->offset));
}

bool sql_tree_equal(const ProtobufCMessage *one, const ProtobufCMessage *two)
{
    if (one == NULL || two == NULL) {
        return one == two;
    }
    const ProtobufCMessageDescriptor *type = one->descriptor;
    for (unsigned i = 0; i < type->n_fields; i++) {
        if (!fields_equal(&type->fields[i], one, two)) {
            return false;
        }
    }
    return true;
}
