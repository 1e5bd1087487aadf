/*
 * tree.c - the text form of a configuration module's tree, for tests: one node a line, indented.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "grammar/config/tree.h"

enum { PRINTED_DEPTH = 200 };

const char *config_node_word(ConfigNodeKind kind)
{
    static const char *const words[] = {
#define CONFIG_NODE(id, word) [id] = word,
#include "grammar/config/nodes.def"
#undef CONFIG_NODE
    };
    static_assert(lengthof(words) == CONFIG_NODE_KIND_COUNT, "one row per kind");
    return words[kind];
}

static void add_name(StrBuf *out, Name name)
{
    strbuf_add(out, " `");
    for (const char *at = name->text; *at != '\0'; at++) {
        strbuf_add(out, *at == '\n' ? "\\n" : (const char[]){*at, '\0'});
    }
    strbuf_char(out, '`');
}

static void add_node(StrBuf *out, const ConfigNode *node, int depth)
{
    if (node == NULL || depth > PRINTED_DEPTH) {
        return;
    }
    strbuf_printf(out, "%*s%s", depth * 2, "", config_node_word(node->kind));
    if (node->name != NULL) {
        add_name(out, node->name);
    }
    strbuf_char(out, '\n');
    const ConfigNode *parts[] = {node->first, node->second, node->third};
    for (size_t i = 0; i < lengthof(parts); i++) {
        add_node(out, parts[i], depth + 1);
    }
    vec_each(ConfigNode *, at, &node->items) {
        add_node(out, *at, depth + 1);
    }
}

char *config_tree_text(Arena *arena, const ConfigModule *module)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(ConfigNode *, at, &module->statements) {
        add_node(&out, *at, 0);
    }
    return strbuf_take(&out, arena);
}
