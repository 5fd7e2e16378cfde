/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte buffer that grows. Zeroed memory is a valid empty buffer (CZ_BUFFER_INIT); the content
 * is followed by a NUL byte that does not count, so text built in it is a C string once something
 * was put in.
 */
#ifndef CZ_BASE_BUFFER_H
#define CZ_BASE_BUFFER_H

#include "base/cleanup.h"
#include "base/error.h"

#include <stddef.h>

struct cz_buffer {
	char *data;      /* NULL while nothing was ever put in */
	size_t size;     /* bytes of content */
	size_t capacity; /* bytes allocated */
};

/* clang-format off */
#define CZ_BUFFER_INIT { NULL, 0, 0 }
/* clang-format on */

/* Releases the memory and leaves an empty buffer. */
void cz_buffer_done(struct cz_buffer *buffer);
#define _cleanup_buffer_ _cleanup_(cz_buffer_done)

/* Makes room for `more` bytes after the content. -ENOMEM (overflow included). */
int cz_buffer_reserve(struct cz_buffer *buffer, size_t more, struct cz_error *err);

int cz_buffer_append(struct cz_buffer *buffer, const void *data, size_t size, struct cz_error *err);
int cz_buffer_puts(struct cz_buffer *buffer, const char *text, struct cz_error *err);
int cz_buffer_printf(struct cz_buffer *buffer, struct cz_error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Drops `size` bytes from the front. */
void cz_buffer_consume(struct cz_buffer *buffer, size_t size);

#endif
