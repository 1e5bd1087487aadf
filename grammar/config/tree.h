/*
 * tree.h - the syntax tree of a configuration module (prisma.config.ts and its like).
 *
 * The tree says what was written and where; what a name means, whether a file is there and which
 * value comes out is told by others (runtime/config). What the grammar cannot read is in the tree
 * too, as CONFIG_UNREAD with its bytes: nothing of a module is passed over. Types, which change no
 * value, are left out. Nodes live in the arena given to the parser; lists keep source order.
 * Source of the rules: ECMAScript 2025, "ECMAScript Language"; TypeScript's handbook for `as`,
 * `satisfies`, `!` and annotations.
 */
#ifndef BELLOWS_GRAMMAR_CONFIG_TREE_H
#define BELLOWS_GRAMMAR_CONFIG_TREE_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/source.h"
#include "base/intern.h"
#include "base/vec.h"

typedef enum ConfigNodeKind {
#define CONFIG_NODE(id, word) id,
#include "grammar/config/nodes.def"
#undef CONFIG_NODE
    CONFIG_NODE_KIND_COUNT
} ConfigNodeKind;

typedef struct ConfigNode ConfigNode;
typedef VEC(ConfigNode *) ConfigNodeList;

/* Which of the parts a kind has is said in nodes.def; the others are NULL. */
struct ConfigNode {
    ConfigNodeKind kind;
    Span span;
    Name name;
    ConfigNode *first, *second, *third;
    ConfigNodeList items;
};

typedef struct ConfigModule {
    const SourceFile *file;
    ConfigNodeList statements;
} ConfigModule;

/* The words, for the text form of tree_print.c. */
const char *config_node_word(ConfigNodeKind kind);
/* The tree as text, a node a line: what tests read. */
char *config_tree_text(Arena *arena, const ConfigModule *module);

#endif
