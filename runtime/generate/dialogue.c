#include "base/common.h"

#include "runtime/generate/dialogue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "runtime/host/process.h"

enum {
    LOOK_MS = 100,
    LAST_WORDS_MS = 1000,
    FAREWELL_MS = 2000,
    NAP_MS = 10,
    /* Bytes of noise that a line counts for beside its own: it is looked at and shown. */
    LINE_COST = 64,
};

struct Dialogue {
    pid_t pid;
    int to_child, from_child; /* -1: closed */
    const volatile sig_atomic_t *interrupted;
    size_t noise;     /* bytes read for the question under way */
    int64_t heard_at; /* when the last of them came */
    StrBuf line;      /* what has come of the next line */
    bool ended;       /* waited for: status is known */
    int status;
    bool group_is_empty;
};

/* --- opening --- */

/* What the child starts and leaves behind becomes ours, and so can be waited for. */
static void adopt_orphans(void)
{
#ifdef __linux__
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
#endif
}

static _Noreturn void run_child(const char *const argv[], char *const environment[], int input,
                                int output)
{
    (void)setpgid(0, 0);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(output, STDERR_FILENO);
    process_exec(argv, environment);
}

static void close_pipe(const int ends[2])
{
    (void)close(ends[0]);
    (void)close(ends[1]);
}

bool dialogue_open(Arena *arena, const char *const argv[], char *const environment[],
                   const volatile sig_atomic_t *interrupted, Dialogue **ret_dialogue)
{
    int input[2];
    int output[2];
    if (!process_pipe(input)) {
        return false;
    }
    if (!process_pipe(output)) {
        close_pipe(input);
        return false;
    }
    adopt_orphans();
    pid_t pid = fork();
    if (pid == 0) {
        run_child(argv, environment, input[0], output[1]);
    }
    if (pid < 0) {
        close_pipe(input);
        close_pipe(output);
        return false;
    }
    (void)setpgid(pid, pid); /* the child does it too: whoever comes first */
    (void)close(input[0]);
    (void)close(output[1]);
    (void)fcntl(input[1], F_SETFL, O_NONBLOCK);
    (void)fcntl(output[0], F_SETFL, O_NONBLOCK);
    Dialogue *dialogue = arena_make(arena, Dialogue);
    *dialogue = (Dialogue){.pid = pid,
                           .to_child = input[1],
                           .from_child = output[0],
                           .interrupted = interrupted,
                           .line = strbuf_new(DIALOGUE_LINE_MAX + 1)};
    *ret_dialogue = dialogue;
    return true;
}

/* --- asking --- */

static void close_end(int *end)
{
    if (*end >= 0) {
        (void)close(*end);
        *end = -1;
    }
}

/* Sends what the pipe takes; a child that no longer reads is told nothing more. */
static void send_some(Dialogue *dialogue, const char **text, size_t *len)
{
    ssize_t count = write(dialogue->to_child, *text, *len);
    if (count > 0) {
        *text += count;
        *len -= (size_t)count;
    } else if (count < 0 && errno != EAGAIN && errno != EINTR) {
        close_end(&dialogue->to_child);
        *len = 0;
    }
}

/* Adds bytes to the line; true when `take` took one. Bytes after that line are kept. */
static bool take_line(Dialogue *dialogue, char byte, DialogueTake *take, void *context)
{
    if (byte != '\n' && dialogue->line.len < DIALOGUE_LINE_MAX) {
        strbuf_char(&dialogue->line, byte);
        return false;
    }
    bool taken = take(context, strbuf_text(&dialogue->line));
    dialogue->noise += LINE_COST;
    strbuf_reset(&dialogue->line);
    if (byte != '\n') {
        strbuf_char(&dialogue->line, byte);
    }
    return taken;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef enum Reading { READING_ON, READING_TAKEN, READING_END } Reading;

/* Reads what there is, byte by byte once a line is complete: answers come one at a time. */
static Reading read_some(Dialogue *dialogue, DialogueTake *take, void *context)
{
    char block[4096];
    ssize_t count = read(dialogue->from_child, block, sizeof block);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        return READING_END;
    }
    bool taken = false;
    if (count > 0) {
        dialogue->noise += (size_t)count;
        dialogue->heard_at = now_ms();
    }
    for (ssize_t i = 0; i < count; i++) {
        taken = take_line(dialogue, block[i], take, context) || taken;
    }
    return taken ? READING_TAKEN : READING_ON;
}

/* Takes note of those of the group that have ended. */
static void reap(Dialogue *dialogue)
{
    int status = 0;
    pid_t pid = 1;
    while (pid > 0) {
        pid = waitpid(-dialogue->pid, &status, WNOHANG);
        if (pid == dialogue->pid) {
            dialogue->ended = true;
            dialogue->status = process_status(status);
        }
    }
    dialogue->group_is_empty = pid < 0 && errno == ECHILD;
}

/* Has the child ended? Somebody it started may still hold its stderr. */
static bool is_gone(Dialogue *dialogue)
{
    reap(dialogue);
    return dialogue->ended;
}

static bool is_deserted(Dialogue *dialogue)
{
    reap(dialogue);
    return dialogue->group_is_empty;
}

static bool comes_true(bool (*is_so)(Dialogue *dialogue), Dialogue *dialogue, long milliseconds)
{
    bool so = is_so(dialogue);
    for (long waited = 0; !so && waited < milliseconds; waited += NAP_MS) {
        process_nap(NAP_MS);
        so = is_so(dialogue);
    }
    return so;
}

/* The last line may lack its end. A child that crashes is given the time to, for its status. */
static DialogueEnd last_words(Dialogue *dialogue, DialogueTake *take, void *context)
{
    bool taken = dialogue->line.len > 0 && take(context, strbuf_text(&dialogue->line));
    strbuf_reset(&dialogue->line);
    close_end(&dialogue->from_child);
    (void)comes_true(is_gone, dialogue, LAST_WORDS_MS);
    return taken ? DIALOGUE_TAKEN : DIALOGUE_ENDED;
}

/* One wait for the child; what it found. */
static Reading exchange(Dialogue *dialogue, const char **text, size_t *len, DialogueTake *take,
                        void *context)
{
    bool sends = *len > 0 && dialogue->to_child >= 0;
    struct pollfd ends[2] = {{.fd = dialogue->from_child, .events = POLLIN},
                             {.fd = sends ? dialogue->to_child : -1, .events = POLLOUT}};
    int ready = poll(ends, lengthof(ends), LOOK_MS);
    if (ready == 0) {
        return is_gone(dialogue) ? READING_END : READING_ON;
    }
    if (ready > 0 && ends[1].revents != 0) {
        send_some(dialogue, text, len);
    }
    return ready > 0 && ends[0].revents != 0 ? read_some(dialogue, take, context) : READING_ON;
}

static bool is_late(const Dialogue *dialogue, int64_t asked_at, DialoguePatience patience)
{
    const int64_t now = now_ms();
    return dialogue->noise > DIALOGUE_NOISE_MAX || now - asked_at > patience.total_ms ||
           now - dialogue->heard_at > patience.silent_ms;
}

DialogueEnd dialogue_ask(Dialogue *dialogue, const char *question, DialogueTake *take,
                         void *context, DialoguePatience patience)
{
    const int64_t asked_at = now_ms();
    bool late = false;
    dialogue->noise = 0;
    dialogue->heard_at = asked_at;
    StrBuf all = strbuf_new(STRBUF_MAX);
    strbuf_add(&all, question);
    strbuf_char(&all, '\n');
    const char *text = strbuf_text(&all);
    size_t len = all.len;
    Reading reading = dialogue->from_child < 0 ? READING_END : READING_ON;
    while (reading == READING_ON && *dialogue->interrupted == 0 && !late) {
        reading = exchange(dialogue, &text, &len, take, context);
        late = is_late(dialogue, asked_at, patience);
    }
    strbuf_dispose(&all);
    if (reading == READING_END) {
        return last_words(dialogue, take, context);
    }
    return reading == READING_TAKEN      ? DIALOGUE_TAKEN
           : *dialogue->interrupted != 0 ? DIALOGUE_INTERRUPTED
                                         : DIALOGUE_LATE;
}

/* --- closing --- */

int dialogue_close(Dialogue *dialogue)
{
    close_end(&dialogue->to_child);
    close_end(&dialogue->from_child);
    strbuf_dispose(&dialogue->line);
    if (!is_deserted(dialogue)) {
        (void)kill(-dialogue->pid, SIGTERM);
        if (!comes_true(is_deserted, dialogue, FAREWELL_MS)) {
            (void)kill(-dialogue->pid, SIGKILL);
            (void)comes_true(is_deserted, dialogue, FAREWELL_MS);
        }
    }
    return dialogue->status;
}
