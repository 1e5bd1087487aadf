#include "base/common.h"

#include "base/stop.h"

#include <stdatomic.h>
#include <unistd.h>

static atomic_int harmless, stakes;

static void end(int number)
{
    static const char said[] = "\ninterrupted\n";
    (void)!write(STDERR_FILENO, said, sizeof said - 1);
    _exit(128 + number);
}

void stop_harmless_begin(void)
{
    atomic_fetch_add(&harmless, 1);
}

void stop_harmless_end(void)
{
    atomic_fetch_sub(&harmless, 1);
}

void stop_stake_begin(void)
{
    atomic_fetch_add(&stakes, 1);
}

void stop_stake_end(void)
{
    atomic_fetch_sub(&stakes, 1);
}

void stop_by_signal(int number)
{
    if (atomic_load(&harmless) > 0 && atomic_load(&stakes) == 0) {
        end(number);
    }
}
