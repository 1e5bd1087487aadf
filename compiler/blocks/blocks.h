/*
 * blocks.h - parts of DO blocks that our scripts hold word for word, behind declarations that name
 * their objects. Static texts.
 */
#ifndef BELLOWS_COMPILER_BLOCKS_BLOCKS_H
#define BELLOWS_COMPILER_BLOCKS_BLOCKS_H

/* Writes the functions of the triggers of the table `base` anew. */
extern const char *const block_view_functions;

#endif
