/*
 * digest.h - SHA-256 as 64 lower-case hexadecimal digits.
 *
 * Used for migration checksums and plan identities. The sum itself is libcrypto's.
 */
#ifndef BELLOWS_BASE_DIGEST_H
#define BELLOWS_BASE_DIGEST_H

#include "base/common.h"

enum { DIGEST_HEX_SIZE = 65 }; /* 64 digits and the terminator */

void digest_hex(const void *bytes, size_t len, char ret_hex[DIGEST_HEX_SIZE]);

#endif
