#define _GNU_SOURCE /* sched_getcpu, pthread_attr_setaffinity_np */
#include "base/common.h"

#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>

#include "base/brief_lock.h"

#if defined(__GLIBC__)
#define CAN_CHOOSE_CPU 1
#else
#define CAN_CHOOSE_CPU 0
#endif

typedef struct Piece {
    void (*work)(void *);
    void *of;
#if CAN_CHOOSE_CPU
    cpu_set_t allowed; /* empty when the thread was not sent anywhere */
#endif
} Piece;

/*
 * A new thread is queued where its maker runs, and a processor at rest takes it from there with its
 * next tick only: 2 of the 7 milliseconds it has to work (measured, 2 cores: `migrate diff` of two
 * schemas of 1,000 models 25.5 ms so, 20.2 sent). So it begins on any other processor than its
 * maker's; once there it may run on all again.
 */
#if CAN_CHOOSE_CPU
static void send_elsewhere(Piece *piece, pthread_attr_t *attributes)
{
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof piece->allowed, &piece->allowed) != 0) {
        CPU_ZERO(&piece->allowed);
        return;
    }
    cpu_set_t others = piece->allowed;
    CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) == 0 ||
        pthread_attr_setaffinity_np(attributes, sizeof others, &others) != 0) {
        CPU_ZERO(&piece->allowed);
    }
}

static void has_arrived(const Piece *piece)
{
    if (CPU_COUNT(&piece->allowed) > 0) {
        (void)pthread_setaffinity_np(pthread_self(), sizeof piece->allowed, &piece->allowed);
    }
}
#else
static void send_elsewhere(Piece *piece, pthread_attr_t *attributes)
{
    (void)piece;
    (void)attributes;
}

static void has_arrived(const Piece *piece)
{
    (void)piece;
}
#endif

static void *run_piece(void *of)
{
    const Piece *piece = of;
    has_arrived(piece);
    piece->work(piece->of);
    return NULL;
}

void parallel_run(Names *names, void (*work)(void *), void *first, void *second)
{
    Piece piece = {.work = work, .of = second};
    pthread_t thread;
    pthread_attr_t attributes;
    (void)pthread_attr_init(&attributes);
    send_elsewhere(&piece, &attributes);
    names_share(names, true);
    bool started = pthread_create(&thread, &attributes, run_piece, &piece) == 0;
    (void)pthread_attr_destroy(&attributes);
    work(first);
    if (started) {
        (void)pthread_join(thread, NULL);
    } else {
        work(second);
    }
    names_share(names, false);
}

/* Of the process: whoever it is that runs beside. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

void parallel_turn_begin(void)
{
    brief_lock(&turn);
}

void parallel_turn_end(void)
{
    brief_unlock(&turn);
}
