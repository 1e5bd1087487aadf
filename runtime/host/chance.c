/*
 * chance.c - random numbers from getrandom(2).
 */
#include "base/common.h"

#include "runtime/host/chance.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

/* A kernel without random numbers cannot be worked around; there is none we run on. */
static void chance_fill(unsigned char *bytes, size_t len)
{
    size_t done = 0;
    while (done < len) {
        ssize_t got = getrandom(bytes + done, len - done, 0);
        if (got < 0 && errno != EINTR) {
            perror("getrandom"); /* lint: output - the last words */
            abort();             /* lint: leaving - see above */
        }
        done += got > 0 ? (size_t)got : 0;
    }
}

/* RFC 4122, section 4.4: version in the high half of byte 6, variant in the high bits of byte 8. */
void chance_uuid(char ret_uuid[UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[16];
    chance_fill(bytes, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    char *at = ret_uuid;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            *at++ = '-';
        }
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    *at = '\0';
}

uint64_t chance_below(uint64_t limit)
{
    if (limit == 0) {
        return 0;
    }
    /* Numbers of the last, incomplete round of `limit` are drawn again. */
    const uint64_t fair = UINT64_MAX - UINT64_MAX % limit;
    uint64_t number;
    do {
        chance_fill((unsigned char *)&number, sizeof number);
    } while (number >= fair);
    return number % limit;
}
