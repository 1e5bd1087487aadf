/*
 * What an archive that was compiled with glibc's headers asks for and musl has not: under
 * _FORTIFY_SOURCE those headers put a few functions under names of their own, with the size of what
 * is written to (LSB core, 5.0, "__*_chk"). Everything else that Debian's libpg_query asks of libc
 * has one name and one shape in both (packaging/README.md, decision 0042); a name that is missing
 * here is one that the link of the program names.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int __asprintf_chk(char **made, int flag, const char *format, ...);
int __snprintf_chk(char *into, size_t size, int flag, size_t room, const char *format, ...);
char *__strcat_chk(char *into, const char *from, size_t room);
_Noreturn void __longjmp_chk(jmp_buf to, int value);

int __asprintf_chk(char **made, int flag, const char *format, ...)
{
    (void)flag;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(made, format, arguments);
    va_end(arguments);
    return length;
}

int __snprintf_chk(char *into, size_t size, int flag, size_t room, const char *format, ...)
{
    (void)flag;
    if (size > room)
        abort();
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(into, size, format, arguments);
    va_end(arguments);
    return length;
}

char *__strcat_chk(char *into, const char *from, size_t room)
{
    size_t length = strnlen(into, room);
    if (strlen(from) >= room - length)
        abort();
    return strcat(into, from);
}

/* glibc's also looks whether the frame is still there; the jump is the same. */
_Noreturn void __longjmp_chk(jmp_buf to, int value)
{
    longjmp(to, value);
}
