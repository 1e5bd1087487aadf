/*
 * blocks.h - the parts of DO blocks that our scripts hold word for word, each behind declarations
 * that name its objects. Static texts.
 */
#ifndef BELLOWS_COMPILER_BLOCKS_BLOCKS_H
#define BELLOWS_COMPILER_BLOCKS_BLOCKS_H

/* Refuses where the table `base` cannot be renamed behind a view. */
extern const char *const block_view_guard;
/* Gives the view `face` owner, comments, rights and row security of its table `base`; a column that
 * the view calls shown[i] is known[i] there. */
extern const char *const block_view_rights;
/* Writes the functions of the triggers of the table `base` anew. */
extern const char *const block_view_functions;

#endif
