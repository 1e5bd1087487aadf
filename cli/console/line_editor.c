#include "base/common.h"

#include "cli/console/line_editor.h"

#include <dlfcn.h>
#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <utf8proc.h>
#include <wchar.h>

#include "cli/console/options.h"

#define LIBRARY_NAME "libedit.so.2"

static EditLine *(*open_editor)(const char *program, FILE *in, FILE *out, FILE *err);
static const char *(*get_line)(EditLine *editor, int *count);
static int (*set_editor)(EditLine *editor, int what, ...);
static int (*get_editor)(EditLine *editor, int what, ...);
static int (*read_settings)(EditLine *editor, const char *path);

/* What the functions that libedit calls back need. */
typedef struct Reading {
    char *prompt;
    LineEnd end;
} Reading;

/* --- the library --- */

#ifdef BELLOWS_STATIC
static bool find_functions(void)
{
    open_editor = el_init;
    get_line = el_gets;
    set_editor = el_set;
    get_editor = el_get;
    read_settings = el_source;
    return true;
}
#else
static bool find_functions(void)
{
    void *library = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);
    const struct {
        const char *name;
        void *place; /* of the pointer to set */
    } symbols[] = {
        {"el_init", &open_editor}, {"el_gets", &get_line},        {"el_set", &set_editor},
        {"el_get", &get_editor},   {"el_source", &read_settings},
    };
    if (library == NULL) {
        return false;
    }
    for (size_t i = 0; i < lengthof(symbols); i++) {
        void *address = dlsym(library, symbols[i].name);
        if (address == NULL) {
            return false;
        }
        *(void **)symbols[i].place = address; /* the way POSIX gives for pointers to functions */
    }
    return true;
}
#endif

bool line_editor_load(void)
{
    static bool tried, found;
    const char *terminal = environment("TERM");
    if (terminal == NULL || terminal[0] == '\0' || strcmp(terminal, "dumb") == 0) {
        return false;
    }
    if (!tried) {
        tried = true;
        found = find_functions();
    }
    return found;
}

/* --- called by it --- */

static Reading *reading_of(EditLine *editor)
{
    void *reading = NULL;
    (void)get_editor(editor, EL_CLIENTDATA, &reading);
    return reading;
}

static char *show_prompt(EditLine *editor)
{
    return reading_of(editor)->prompt;
}

/* How many bytes a character has that starts with this one; 1 for what starts none. */
static size_t character_length(unsigned char first)
{
    return first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

/* The next character: 1, 0 at the end, -1 when a signal came. */
static int read_character(EditLine *editor, wchar_t *ret_character)
{
    char bytes[4];
    utf8proc_int32_t character = 0;
    Reading *reading = reading_of(editor);
    size_t len = 1;
    for (size_t i = 0; i < len; i++) {
        reading->end = prompt_byte(&bytes[i]);
        if (reading->end != LINE_GIVEN) {
            return reading->end == LINE_NO_MORE ? 0 : -1;
        }
        len = i == 0 ? character_length((unsigned char)bytes[0]) : len;
    }
    if (utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)len, &character) < 1) {
        character = 0xfffd;
    }
    *ret_character = (wchar_t)character;
    return 1;
}

/* --- a line --- */

/* libedit turns bytes into characters by the locale; ours is otherwise left alone. */
static void speak_utf8(void)
{
    if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1) {
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    }
}

static LineEnd edit(EditLine *editor, Arena *arena, const char *question, char **ret_line)
{
    Reading reading = {.prompt = arena_printf(arena, "%s ", question)};
    int count = 0;
    (void)set_editor(editor, EL_CLIENTDATA, &reading);
    (void)set_editor(editor, EL_PROMPT, show_prompt);
    (void)set_editor(editor, EL_EDITOR, "emacs");
    (void)read_settings(editor, NULL); /* the person's: ~/.editrc */
    (void)set_editor(editor, EL_GETCFN, read_character);
    const char *line = get_line(editor, &count);
    if (line == NULL || count < 1) {
        return reading.end == LINE_GIVEN ? LINE_NO_MORE : reading.end;
    }
    *ret_line = arena_strndup(arena, line, strcspn(line, "\r\n"));
    return LINE_GIVEN;
}

/* One for the run: closing it would throw away what the person has typed ahead for the next
 * question, so the terminal is brought back by hand. */
LineEnd line_editor_read(Arena *arena, const char *question, char **ret_line)
{
    static EditLine *editor;
    struct termios before;
    const bool known = tcgetattr(STDIN_FILENO, &before) == 0;
    speak_utf8();
    LineEnd end = LINE_NO_MORE;
    editor = editor == NULL ? open_editor("bellows", stdin, stderr, stderr) : editor;
    if (editor != NULL) {
        end = edit(editor, arena, question, ret_line);
    }
    if (known) {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
    (void)setlocale(LC_CTYPE, "C");
    return end;
}
