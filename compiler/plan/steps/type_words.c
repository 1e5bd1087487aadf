#include "base/common.h"

#include "compiler/plan/steps/type_words.h"

#include "base/strbuf.h"
#include "compiler/catalog/types.h"

/* VarChar(10)[] */
static void native_type(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        strbuf_add(out, type->enum_type->name->text);
    } else if (type->id == TYPE_OTHER) {
        strbuf_add(out, type->raw->text);
    } else {
        strbuf_add(out, type_row(type->id)->native);
        if (type->arguments[0] != TYPE_NO_ARGUMENT) {
            strbuf_printf(out, "(%d", type->arguments[0]);
            if (type->arguments[1] != TYPE_NO_ARGUMENT) {
                strbuf_printf(out, ",%d", type->arguments[1]);
            }
            strbuf_char(out, ')');
        }
    }
    strbuf_add(out, type->list ? "[]" : "");
}

const char *types_in_words(Arena *arena, const ColumnType *before, const ColumnType *after)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_char(&out, '`');
    native_type(&out, before);
    strbuf_add(&out, "` to `");
    native_type(&out, after);
    strbuf_char(&out, '`');
    return strbuf_take(&out, arena);
}
