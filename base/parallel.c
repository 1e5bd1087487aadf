#include "base/common.h"

#include "base/parallel.h"

#include <pthread.h>

typedef struct Piece {
    void (*work)(void *);
    void *of;
} Piece;

static void *run_piece(void *of)
{
    const Piece *piece = of;
    piece->work(piece->of);
    return NULL;
}

void parallel_run(Names *names, void (*work)(void *), void *first, void *second)
{
    Piece piece = {work, second};
    pthread_t thread;
    names_share(names, true);
    bool started = pthread_create(&thread, NULL, run_piece, &piece) == 0;
    work(first);
    if (started) {
        (void)pthread_join(thread, NULL);
    } else {
        work(second);
    }
    names_share(names, false);
}
