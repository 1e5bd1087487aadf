/*
 * script_piece.c - a long text, piece by piece.
 *
 * In: a text. Out: its pieces (sql_scan.h), each scanned and parsed by itself. One that nests
 * deeper than a stack holds is not parsed: it is for the server to refuse.
 */
#include "base/common.h"

#include <pg_query.h>

#include "compiler/catalog/sql_scan.h"
#include "runtime/script/script_internal.h"

static void *take(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

/* All at once, with the piece. */
static void give_back(UNUSED void *arena, UNUSED void *memory)
{
}

PgQuery__ParseResult *script_tree(const char *text, size_t len, ProtobufCAllocator *allocator)
{
    if (!sql_nesting_within(text, len, NESTING_SCRIPT_MAX)) {
        return NULL;
    }
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(text);
    PgQuery__ParseResult *tree =
        parsed.error != NULL
            ? NULL
            : pg_query__parse_result__unpack(allocator, parsed.parse_tree.len,
                                             (const uint8_t *)parsed.parse_tree.data);
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}

ScriptPiece script_piece_make(const ParsedScript *script, size_t start, size_t end)
{
    Arena *arena = arena_new();
    const char *text = arena_strndup(arena, script->text + start, end - start);
    PgQueryScanResult scanned = pg_query_scan(text);
    ScriptPiece piece = {.arena = arena};
    ProtobufCAllocator memory = {take, give_back, arena};
    if (scanned.error == NULL) {
        piece.scan = pg_query__scan_result__unpack(&memory, scanned.pbuf.len,
                                                   (const uint8_t *)scanned.pbuf.data);
    }
    pg_query_free_scan_result(scanned);
    if (piece.scan != NULL) {
        piece.tree = script_tree(text, end - start, &memory);
    }
    return piece;
}

void script_piece_free(const ScriptPiece *piece)
{
    arena_free(piece->arena);
}
