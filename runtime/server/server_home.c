/*
 * server_home.c - where a private server lives, and as whom it runs.
 *
 * In:  a project's folder or the wish for a temporary one.   Out: the paths of a home that the
 * server's account can reach and nobody else can enter. Knows no PostgreSQL programs.
 *
 * Two limits shape the paths. The address of a unix socket holds 107 bytes, so a deep project keeps
 * its socket in a short folder of /tmp. And root's servers run as somebody who may not be able to
 * enter the project (/root is closed): such a home moves to /var/tmp, under a name computed from
 * the project's.
 */
#include "base/common.h"

#include "runtime/server/server_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/place.h"
#include "runtime/host/folder.h"

#define TEMPORARY_PREFIX "bellows-tmp-"
#define SOCKET_FILE      "/.s.PGSQL.5432"

enum {
    SOCKET_ADDRESS_MAX = 107, /* sockaddr_un.sun_path, without its terminator */
    SHORT_DIGEST = 12,        /* digits; enough for the projects of one user */
    SWEEP_AGE = 60,           /* seconds; younger homes may not have locked themselves yet */
};

static bool complain(Diagnostics *diags, const char *verb, const char *path)
{
    diag_report(diags, DIAG_SERVER_FOLDER, span_none(), verb, path, strerror(errno));
    return false;
}

/* --- as whom --- */

static Account *account_of(const struct passwd *entry, Arena *arena)
{
    Account *account = arena_make(arena, Account);
    *account = (Account){
        .uid = entry->pw_uid, .gid = entry->pw_gid, .name = arena_strdup(arena, entry->pw_name)};
    return account;
}

/* Who owns `path`, or the nearest folder above it that is there. A link of somebody's on the way is
 * that user's, wherever it leads. */
static uid_t owner_of(const char *path, Arena *arena)
{
    struct stat info;
    uid_t owner = stat(path[0] == '/' ? "/" : ".", &info) == 0 ? info.st_uid : geteuid();
    for (const char *end = path; *end != '\0';) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        const char *part = arena_strndup(arena, path, (size_t)(end - path));
        if (lstat(part, &info) != 0) {
            break;
        }
        owner = info.st_uid;
        if (S_ISLNK(info.st_mode) && owner != 0) {
            break;
        }
    }
    return owner;
}

/* Whose servers are when the project is root's. NULL: there is no such user. */
static const struct passwd *own_account(void)
{
    static const char *const candidates[] = {"postgres", "nobody"};
    const struct passwd *entry = NULL;
    for (size_t i = 0; entry == NULL && i < lengthof(candidates); i++) {
        entry = getpwnam(candidates[i]);
    }
    return entry;
}

/* What belongs to the account of root's own servers was given to it by root. */
const Account *server_home_foreign(const char *folder, Arena *arena)
{
    const uid_t owner = geteuid() == 0 && folder != NULL ? owner_of(folder, arena) : 0;
    const struct passwd *own = owner == 0 ? NULL : own_account();
    if (owner == 0 || (own != NULL && own->pw_uid == owner)) {
        return NULL;
    }
    const struct passwd *entry = getpwuid(owner);
    return entry == NULL ? NULL : account_of(entry, arena);
}

/* NULL when we are not root. `folder` may be NULL. */
static bool find_account(const char *folder, Arena *arena, Diagnostics *diags,
                         const Account **ret_account)
{
    if (geteuid() != 0) {
        *ret_account = NULL;
        return true;
    }
    uid_t owner = folder == NULL ? 0 : owner_of(folder, arena);
    /* initdb wants its user to have a name. */
    const struct passwd *entry = owner == 0 ? NULL : getpwuid(owner);
    if (entry == NULL) {
        entry = own_account();
    }
    if (entry == NULL) {
        diag_report_plain(diags, DIAG_SERVER_ACCOUNT, span_none());
        return false;
    }
    *ret_account = account_of(entry, arena);
    return true;
}

static uid_t account_uid(const Account *account)
{
    return account == NULL ? geteuid() : account->uid;
}

static const char *uid_name(uid_t uid, Arena *arena)
{
    const struct passwd *entry = getpwuid(uid);
    return entry == NULL ? arena_printf(arena, "user %ld", (long)uid)
                         : arena_strdup(arena, entry->pw_name);
}

/* --- folders nobody else may enter --- */

/* The entry itself, whatever is put on the way to it meanwhile. */
static int open_entry(const char *path, int flags)
{
    const char *name;
    const int folder = place_open_above(path, &name);
    const int fd =
        folder < 0 ? -1 : openat(folder, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    const int error = errno;
    if (folder >= 0) {
        (void)close(folder);
    }
    errno = error;
    return fd;
}

/* `path` must be a folder of the account's own, and is closed to others. Root's is given to the
 * account if it is empty: then it is the one we have just made. Looked at and given away through
 * one descriptor, which no link can stand in for. */
static bool claim(const char *path, const Account *account, Arena *arena, Diagnostics *diags)
{
    struct stat info = {0};
    const int fd = open_entry(path, O_RDONLY | O_DIRECTORY);
    if (fd < 0 && errno != ELOOP && errno != ENOTDIR) {
        return complain(diags, "look at", path);
    }
    bool ours = fd >= 0 && fstat(fd, &info) == 0;
    if (ours && account != NULL && info.st_uid == 0) {
        /* Another command may be doing the same: who has it in the end is what counts. */
        (void)!(folder_is_empty(fd) && fchown(fd, account->uid, account->gid) == 0);
        ours = fstat(fd, &info) == 0;
    }
    ours = ours && info.st_uid == account_uid(account);
    if (!ours) {
        diag_report(diags, DIAG_SERVER_OWNER, span_none(), path,
                    fd < 0 ? "a link" : arena_printf(arena, "%s's", uid_name(info.st_uid, arena)));
    } else if (fchmod(fd, S_IRWXU) != 0) {
        ours = complain(diags, "close to others", path);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return ours;
}

static bool make_private(const char *path, const Account *account, Arena *arena, Diagnostics *diags)
{
    if (!folder_make(path, account)) {
        return complain(diags, "make", path);
    }
    return claim(path, account, arena, diags);
}

static const char *short_name(const char *base, const char *path, uid_t uid, Arena *arena)
{
    char digest[DIGEST_HEX_SIZE];
    digest_hex(path, strlen(path), digest);
    return arena_printf(arena, "%s/bellows-%ld-%.*s", base, (long)uid, SHORT_DIGEST, digest);
}

/* --- the paths of a home --- */

/* Also kept out: what would need quoting in the list of socket folders. */
static bool fits_a_socket(const char *folder)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    return strlen(folder) + strlen(SOCKET_FILE) <= SOCKET_ADDRESS_MAX &&
           folder[strspn(folder, plain)] == '\0';
}

static ServerHome home_at(const char *folder, const Account *account, bool temporary, Arena *arena)
{
    ServerHome home = {
        .folder = folder,
        .data = arena_printf(arena, "%s/data", folder),
        .socket = arena_printf(arena, "%s/socket", folder),
        .log = arena_printf(arena, "%s/log", folder),
        .lock = arena_printf(arena, "%s/lock", folder),
        .alive = arena_printf(arena, "%s/alive", folder),
        .account = account,
        .temporary = temporary,
    };
    if (!fits_a_socket(home.socket)) {
        home.socket = short_name("/tmp", folder, account_uid(account), arena);
    }
    return home;
}

static bool home_furnish(const ServerHome *home, Arena *arena, Diagnostics *diags)
{
    return make_private(home->socket, home->account, arena, diags);
}

bool server_home_remove(const ServerHome *home)
{
    return folder_remove(home->socket) && folder_remove(home->folder);
}

/* --- a project's --- */

/* Keeps the cluster out of everybody's commits. */
static bool write_gitignore(const char *folder, Arena *arena, Diagnostics *diags)
{
    const char *path = path_join(arena, folder, ".gitignore");
    return file_write(path, "*\n", strlen("*\n"), &errno) || complain(diags, "write", path);
}

/* What a cluster is cleaned of and started in must not lie elsewhere. */
static bool is_no_link(const char *path, Diagnostics *diags)
{
    struct stat info;
    if (lstat(path, &info) == 0 && S_ISLNK(info.st_mode)) {
        diag_report(diags, DIAG_SERVER_OWNER, span_none(), path, "a link");
        return false;
    }
    return true;
}

bool server_home_project(const ServerOptions *options, bool create, Arena *arena,
                         Diagnostics *diags, ServerHome *ret_home)
{
    const Account *account = NULL;
    if (!find_account(options->folder, arena, diags, &account)) {
        return false;
    }
    if (create && !make_private(options->folder, account, arena, diags)) {
        return false;
    }
    const char *folder = folder_real(options->folder, arena);
    if (folder == NULL) {
        *ret_home = home_at(options->folder, account, false, arena);
        return true;
    }
    if (!process_may(account, folder, R_OK | W_OK | X_OK)) {
        folder = short_name("/var/tmp", folder, account_uid(account), arena);
    }
    ServerHome home = home_at(folder, account, false, arena);
    if (!is_no_link(home.data, diags)) {
        return false;
    }
    if (create && !(make_private(folder, account, arena, diags) &&
                    home_furnish(&home, arena, diags) && write_gitignore(folder, arena, diags))) {
        return false;
    }
    *ret_home = home;
    return true;
}

/* --- temporary ones --- */

/* A home whose server and watchdog died without cleaning up: old, ours, and nobody holds its lock.
 */
static void sweep_one(const char *folder, const Account *account, Arena *arena)
{
    struct stat info;
    if (lstat(folder, &info) != 0 || !S_ISDIR(info.st_mode) ||
        info.st_uid != account_uid(account) || time(NULL) - info.st_mtime < SWEEP_AGE) {
        return;
    }
    ServerHome home = home_at(folder, account, true, arena);
    int lock = server_lock(&home, home.alive, false);
    if (lock >= 0) {
        /* Best effort: what cannot be removed now is met again by the next sweep. */
        (void)!server_home_remove(&home);
        (void)close(lock);
    }
}

static void sweep(const char *base, const Account *account, Arena *arena)
{
    const char **names = folder_list(base, TEMPORARY_PREFIX, arena);
    for (size_t i = 0; names[i] != NULL; i++) {
        sweep_one(arena_printf(arena, "%s/%s", base, names[i]), account, arena);
    }
}

static const char *temporary_base(const ServerOptions *options, const Account *account)
{
    const char *base = options->places.temporary;
    bool usable = base != NULL && base[0] == '/' && process_may(account, base, X_OK);
    return usable ? base : "/tmp";
}

bool server_home_temporary(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                           ServerHome *ret_home)
{
    const Account *account = NULL;
    if (!find_account(NULL, arena, diags, &account)) {
        return false;
    }
    const char *base = temporary_base(options, account);
    sweep(base, account, arena);
    char *folder = arena_printf(arena, "%s/" TEMPORARY_PREFIX "XXXXXX", base);
    if (mkdtemp(folder) == NULL) {
        return complain(diags, "make", folder);
    }
    ServerHome home = home_at(folder, account, true, arena);
    if (!claim(folder, account, arena, diags) || !home_furnish(&home, arena, diags)) {
        (void)!server_home_remove(&home);
        return false;
    }
    *ret_home = home;
    return true;
}

/* --- locks --- */

static bool lock_file(int fd, bool wait)
{
    for (;;) {
        if (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0) {
            return true;
        }
        if (errno != EINTR) {
            return false;
        }
    }
}

int server_open_file(const ServerHome *home, const char *path, int flags)
{
    struct stat info;
    const Account *account = home->account;
    const int fd = open_entry(path, flags | O_CREAT);
    bool good = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 1;
    if (good && account != NULL && info.st_uid == 0) { /* just made, or made by one that died */
        good = info.st_size == 0 && fchown(fd, account->uid, account->gid) == 0 &&
               fstat(fd, &info) == 0;
    }
    if (good && info.st_uid == account_uid(account)) {
        return fd;
    }
    if (fd >= 0) {
        (void)close(fd);
        errno = EPERM;
    }
    return -1;
}

int server_lock(const ServerHome *home, const char *path, bool wait)
{
    int fd = server_open_file(home, path, O_RDWR);
    if (fd >= 0 && !lock_file(fd, wait)) {
        (void)close(fd);
        return -1;
    }
    return fd;
}
