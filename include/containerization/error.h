/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Errors of libcontainerization.
 *
 * Every function that can fail returns 0 (or another value >= 0 where its comment says so) on
 * success and exactly -errno on failure. Its last parameter is a struct cz_error pointer, which
 * may be NULL. On failure the object is filled in: result and object never disagree. On success
 * it is left untouched. The library never prints and never ends the process.
 *
 * The object belongs to the caller, needs no release and may live on the stack:
 *
 *	struct cz_error err = CZ_ERROR_INIT;
 *	if (cz_image_open(ctx, "demo", NULL, &image, &err) < 0)
 *		fprintf(stderr, "Error: %s\n", err.message);
 */
#ifndef CONTAINERIZATION_ERROR_H
#define CONTAINERIZATION_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/* What went wrong, as far as a program may want to tell cases apart. */
enum cz_error_kind {
	CZ_ERROR_NONE = 0,
	CZ_ERROR_INVALID_ARGUMENT, /* the caller or the user asked for something malformed */
	CZ_ERROR_NOT_FOUND,        /* the named image, container, file, command ... is not there */
	CZ_ERROR_EXISTS,           /* the name is taken */
	CZ_ERROR_INVALID_STATE,    /* not possible now: not running, already started, in use */
	CZ_ERROR_PERMISSION,       /* a right is missing */
	CZ_ERROR_CORRUPT,          /* bytes from outside do not hold what they promise */
	CZ_ERROR_LIMIT,            /* a limit set against hostile or runaway input was reached */
	CZ_ERROR_NO_SPACE,         /* disk or quota is full */
	CZ_ERROR_TIMEOUT,          /* a deadline passed */
	CZ_ERROR_CANCELLED,        /* interrupted on request */
	CZ_ERROR_UNSUPPORTED,      /* this host, backend or build cannot do it */
	CZ_ERROR_INTERNAL,         /* anything else, out of memory included */
};

/* Room for a message; longer ones are cut and end in "...". */
#define CZ_ERROR_MESSAGE_SIZE 1024

struct cz_error {
	enum cz_error_kind kind;
	int errnum;                          /* positive errno that goes with the result */
	char message[CZ_ERROR_MESSAGE_SIZE]; /* one line, no full stop, no newline */
};

/* clang-format off */
#define CZ_ERROR_INIT { CZ_ERROR_NONE, 0, { 0 } }
/* clang-format on */

/* The name of a kind in the words of the command line's messages, "notFound" for example.
 * Never NULL; a static string. */
const char *cz_error_kind_name(enum cz_error_kind kind);

#ifdef __cplusplus
}
#endif
#endif
