#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MADV_HUGEPAGE */
#include "base/common.h"

#include "base/huge_pages.h"

#include <string.h>
#include <sys/mman.h>

#include "base/brief_lock.h"

enum { RESERVE_SIZE = 32 * HUGE_PAGE, KEPT_MAX = 256 };

/* The one state of the process: whoever needs memory shares it. */
static struct Reserve {
    pthread_mutex_t lock;
    char *at, *end;
    void *kept[KEPT_MAX]; /* single pieces given back, as they were left */
    size_t kept_count;
} reserve = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* `size` bytes at a multiple of the huge page's size; the slack around them stays untouched. */
static char *map(size_t size)
{
    char *start = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) {
        return NULL;
    }
    char *aligned = start + (HUGE_PAGE - (uintptr_t)start % HUGE_PAGE) % HUGE_PAGE;
    (void)madvise(aligned, size, MADV_HUGEPAGE);
    return aligned;
}

/* Where the address space is limited, no more than what is asked for. */
static bool refill(size_t size)
{
    size_t whole = size > RESERVE_SIZE ? size : RESERVE_SIZE;
    char *mapped = map(whole);
    if (mapped == NULL) {
        whole = size;
        mapped = map(whole);
    }
    if (mapped != NULL) {
        reserve.at = mapped;
        reserve.end = mapped + whole;
    }
    return mapped != NULL;
}

static void *take_kept(size_t size)
{
    brief_lock(&reserve.lock);
    const bool fits = size == HUGE_PAGE_PIECE && reserve.kept_count > 0;
    void *pages = fits ? reserve.kept[--reserve.kept_count] : NULL;
    brief_unlock(&reserve.lock);
    return pages;
}

static void *take_new(size_t size)
{
    if ((size_t)(reserve.end - reserve.at) < size && !refill(size)) {
        return NULL;
    }
    void *pages = reserve.at;
    reserve.at += size;
    return pages;
}

/* To clear a piece costs less than to have its pages taken away and brought again one by one. */
void *huge_pages_take(size_t size)
{
    void *pages = take_kept(size);
    if (pages != NULL) {
        return memset(pages, 0, size);
    }
    brief_lock(&reserve.lock);
    pages = take_new(size);
    brief_unlock(&reserve.lock);
    return pages;
}

void huge_pages_give_back(void *pages, size_t size)
{
    brief_lock(&reserve.lock);
    const bool is_kept = size == HUGE_PAGE_PIECE && reserve.kept_count < KEPT_MAX;
    if (is_kept) {
        reserve.kept[reserve.kept_count++] = pages;
    }
    brief_unlock(&reserve.lock);
    if (!is_kept) {
        munmap(pages, size);
    }
}
