/* SPDX-License-Identifier: Apache-2.0 */
/* Strings, string vectors and numbers. */
#ifndef CZ_BASE_TEXT_H
#define CZ_BASE_TEXT_H

#include "base/cleanup.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline bool cz_streq(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static inline bool cz_has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static inline bool cz_has_suffix(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);

	return n >= m && memcmp(text + n - m, suffix, m) == 0;
}

/* asprintf with a result that is NULL on failure. The caller frees it. */
char *cz_asprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A whole decimal number, digits only: no sign, no blanks, nothing behind it. -EINVAL, -ERANGE. */
int cz_parse_u64(const char *text, uint64_t max, uint64_t *ret);
int cz_parse_u32(const char *text, uint32_t *ret);

/* An octal number of digits only, at most max. */
int cz_parse_octal(const char *text, uint64_t max, uint64_t *ret);

/* A size as people write it: "64m", "1.5 GiB", "200MB", "4096". Decimals allowed, units b k m g t
 * p optionally followed by "b" or "ib", any case, all binary, none means bytes. -EINVAL, -ERANGE.
 */
int cz_parse_size(const char *text, uint64_t *ret);

/* NULL-terminated vectors of strings that own their strings. A NULL vector is empty. */
char **cz_strv_free(char **strv);
CZ_DEFINE_CLEANUP(char **, cz_strv_free);
#define _cleanup_strv_ _cleanup_(cz_strv_freep)

size_t cz_strv_length(char *const *strv);

/* Appends a copy of text. -ENOMEM. */
int cz_strv_append(char ***strv, const char *text);
int cz_strv_appendf(char ***strv, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copies; NULL stays NULL. -ENOMEM. */
int cz_strv_copy(char *const *strv, char ***ret);

/* The value of NAME in a vector of NAME=VALUE, borrowed from it, or NULL. */
const char *cz_environment_get(char *const *environment, const char *name);

/* Sets "NAME=VALUE", replacing an earlier entry of that name in its place. -EINVAL, -ENOMEM. */
int cz_environment_put(char ***environment, const char *assignment);

#endif
