/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How errors are made and handed on inside the project. The contract for callers is in
 * containerization/error.h.
 *
 * A function returns what these return, so the result and the object cannot differ:
 *
 *	if (fd < 0)
 *		return cz_error_errno(err, errno, "open '%s'", path);
 *	r = parse(fd, &x, err);
 *	if (r < 0)
 *		return cz_error_prefix(err, r, "read '%s'", path);
 */
#ifndef CZ_BASE_ERROR_H
#define CZ_BASE_ERROR_H

#include <containerization/error.h>
#include <errno.h>
#include <stdarg.h>

/* Sets kind and message; the errno is the one that belongs to the kind. Returns -errno. */
int cz_error_set(struct cz_error *err, enum cz_error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Sets the error from an errno (positive or negative); the message gets ": <strerror>" appended,
 * the kind follows from the errno. Returns -errno; an errno of 0 counts as EIO. */
int cz_error_errno(struct cz_error *err, int errnum, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "<format>: " before the message of an error that is set. Returns r unchanged. */
int cz_error_prefix(struct cz_error *err, int r, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Out of memory. Returns -ENOMEM. */
int cz_error_oom(struct cz_error *err);

/* Forgets an error that was dealt with. */
void cz_error_clear(struct cz_error *err);

/* The errno that belongs to a kind, positive. */
int cz_error_kind_errno(enum cz_error_kind kind);

#endif
