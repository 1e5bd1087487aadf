/*
 * brief_lock.h - a lock that is held for microseconds, and waited for awake.
 *
 * Who sleeps on a lock is woken on the processor of who wakes him, and there stands in line behind
 * him although another processor is at rest: 2.5 of the 6 milliseconds that two threads worked side
 * by side (measured, 2 cores: `migrate diff` of two schemas of 1,000 models 20.5 ms asleep, 18.1
 * awake). Giving the processor up costs nothing where nobody else wants it, and lets the holder
 * finish where it is his.
 */
#ifndef BELLOWS_BASE_BRIEF_LOCK_H
#define BELLOWS_BASE_BRIEF_LOCK_H

#include <pthread.h>
#include <sched.h>

static inline void brief_lock(pthread_mutex_t *lock)
{
    while (pthread_mutex_trylock(lock) != 0) {
        (void)sched_yield();
    }
}

static inline void brief_unlock(pthread_mutex_t *lock)
{
    (void)pthread_mutex_unlock(lock);
}

#endif
