/*
 * migrations_hold.c - a lock on the folder that holds the migrations folder.
 *
 * Not on the migrations folder: it may not be there yet, and it has no file that a run may add for
 * itself: the format counts what stands in it. flock(2) on the descriptor of a folder leaves
 * nothing behind and ends with the process, however it ends.
 */
#include "base/common.h"

#include "runtime/history/migrations_hold.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/place.h"
#include "runtime/history/migrations_stage.h"
#include "runtime/host/folder.h"
#include "runtime/host/process.h"

enum { NAP_MS = 50 };

static bool is_held(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

static bool wait_for(int fd, const char *path, const volatile sig_atomic_t *interrupted,
                     void (*told)(void *cx), void *cx, Diagnostics *diags)
{
    for (long waited = 0; is_held(fd); waited += NAP_MS) {
        if (waited >= MIGRATIONS_HOLD_WAIT_MS) {
            diag_report(diags, DIAG_FOLDER_HELD, span_none(), path,
                        diag_number(diags, MIGRATIONS_HOLD_WAIT_MS / 1000));
            return false;
        }
        if (waited == 0) {
            told(cx);
        }
        process_nap(NAP_MS);
        if (interrupted != NULL && *interrupted != 0) {
            diag_report(diags, DIAG_FOLDER_HELD, span_none(), path,
                        diag_number(diags, waited / 1000));
            return false;
        }
    }
    return true;
}

static bool is_led_away(Arena *arena, const char *path, Diagnostics *diags)
{
    Place place;
    const bool away = !place_find(arena, path, &place) && place.link != NULL;
    if (away) {
        migrations_tell_link(&place, diags);
    }
    place_leave(&place);
    return away;
}

bool migrations_hold(Arena *arena, const char *path, const volatile sig_atomic_t *interrupted,
                     void (*told)(void *cx), void *cx, Diagnostics *diags, int *ret_hold)
{
    const char *real = folder_real(path, arena); /* through a link it is one folder, too */
    const char *above = path_folder(arena, real == NULL ? path : real);
    int error;
    *ret_hold = -1;
    if (is_led_away(arena, path, diags)) {
        return false;
    }
    /* Where it can neither be made nor opened, nothing can be written: that is told then. */
    const int fd = file_make_folders(above, &error) ? place_open_folder(above) : -1;
    if (fd < 0) {
        return true;
    }
    if (!wait_for(fd, path, interrupted, told, cx, diags)) {
        close(fd);
        return false;
    }
    *ret_hold = fd;
    return true;
}

void migrations_let_go(int hold)
{
    if (hold >= 0) {
        close(hold);
    }
}
