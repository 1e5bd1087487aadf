#include "base/common.h"

#include "base/digest.h"

/* The plain functions, not the EVP ones: these bring their own few kilobytes, those all of
 * libcrypto. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

void digest_hex(const void *bytes, size_t len, char ret_hex[DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, len);
    SHA256_Final(sum, &state);
    for (size_t i = 0; i < sizeof sum; i++) {
        ret_hex[2 * i] = digits[sum[i] >> 4];
        ret_hex[2 * i + 1] = digits[sum[i] & 15];
    }
    ret_hex[DIGEST_HEX_SIZE - 1] = '\0';
}
