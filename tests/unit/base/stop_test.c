#include "base/common.h"

#include "base/stop.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GOES_ON = 7 };

/* How a child ends that a signal finds within so many regions of each kind; GOES_ON: it does not.
 */
static int end_within(int harmless, int stakes)
{
    const pid_t child = fork();
    if (child == 0) {
        (void)dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        for (int i = 0; i < harmless; i++) {
            stop_harmless_begin();
        }
        for (int i = 0; i < stakes; i++) {
            stop_stake_begin();
        }
        stop_harmless_begin();
        stop_stake_begin();
        stop_stake_end();
        stop_harmless_end();
        stop_by_signal(SIGINT);
        _exit(GOES_ON);
    }
    int status = 0;
    cr_assert(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status);
}

Test(stop, a_signal_ends_what_is_harmless_and_nothing_at_stake)
{
    cr_expect_eq(end_within(0, 0), GOES_ON);
    cr_expect_eq(end_within(1, 0), 128 + SIGINT);
    cr_expect_eq(end_within(2, 0), 128 + SIGINT);
    cr_expect_eq(end_within(0, 1), GOES_ON);
    cr_expect_eq(end_within(1, 1), GOES_ON);
    cr_expect_eq(end_within(1, 2), GOES_ON);
}
