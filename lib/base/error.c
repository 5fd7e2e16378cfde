/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int errnum;
} kinds[] = {
	[CZ_ERROR_NONE] = {"none", EIO},
	[CZ_ERROR_INVALID_ARGUMENT] = {"invalidArgument", EINVAL},
	[CZ_ERROR_NOT_FOUND] = {"notFound", ENOENT},
	[CZ_ERROR_EXISTS] = {"exists", EEXIST},
	[CZ_ERROR_INVALID_STATE] = {"invalidState", EBUSY},
	[CZ_ERROR_PERMISSION] = {"permission", EACCES},
	[CZ_ERROR_CORRUPT] = {"corrupt", EBADMSG},
	[CZ_ERROR_LIMIT] = {"limit", E2BIG},
	[CZ_ERROR_NO_SPACE] = {"noSpace", ENOSPC},
	[CZ_ERROR_TIMEOUT] = {"timeout", ETIMEDOUT},
	[CZ_ERROR_CANCELLED] = {"cancelled", ECANCELED},
	[CZ_ERROR_UNSUPPORTED] = {"unsupported", EOPNOTSUPP},
	[CZ_ERROR_INTERNAL] = {"internalError", EIO},
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *cz_error_kind_name(enum cz_error_kind kind)
{
	return (size_t)kind < N_KINDS ? kinds[kind].name : "unknown";
}

int cz_error_kind_errno(enum cz_error_kind kind)
{
	return (size_t)kind < N_KINDS ? kinds[kind].errnum : EIO;
}

static enum cz_error_kind kind_from_errno(int errnum)
{
	switch (errnum) {
	case EINVAL:
	case ENAMETOOLONG:
	case EDOM:
	case ERANGE:
		return CZ_ERROR_INVALID_ARGUMENT;
	case ENOENT:
	case ESRCH:
	case ENODEV:
	case ENXIO:
		return CZ_ERROR_NOT_FOUND;
	case EEXIST:
		return CZ_ERROR_EXISTS;
	case EBUSY:
	case ENOTEMPTY:
	case ETXTBSY:
		return CZ_ERROR_INVALID_STATE;
	case EACCES:
	case EPERM:
	case EROFS:
		return CZ_ERROR_PERMISSION;
	case EBADMSG:
	case EPROTO:
	case EILSEQ:
		return CZ_ERROR_CORRUPT;
	case E2BIG:
	case EFBIG:
	case EOVERFLOW:
	case EMFILE:
	case ENFILE:
		return CZ_ERROR_LIMIT;
	case ENOSPC:
	case EDQUOT:
		return CZ_ERROR_NO_SPACE;
	case ETIMEDOUT:
		return CZ_ERROR_TIMEOUT;
	case ECANCELED:
	case EINTR:
		return CZ_ERROR_CANCELLED;
	case EOPNOTSUPP:
	case ENOSYS:
		return CZ_ERROR_UNSUPPORTED;
	default:
		return CZ_ERROR_INTERNAL;
	}
}

/* A message is one line for people and logs, and parts of it come from images and guests: control
 * characters could forge lines or drive the terminal. Bytes >= 0x80 stay, names may be UTF-8. */
static void make_printable(char *message)
{
	for (char *p = message; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
}

static void mark_cut(char *message)
{
	memcpy(message + CZ_ERROR_MESSAGE_SIZE - 4, "...", 4);
}

__attribute__((format(printf, 2, 0))) static void format_message(char *message, const char *format,
								 va_list ap)
{
	if (vsnprintf(message, CZ_ERROR_MESSAGE_SIZE, format, ap) >= CZ_ERROR_MESSAGE_SIZE)
		mark_cut(message);
	make_printable(message);
}

static void append(char *message, const char *text)
{
	size_t used = strlen(message), more = strlen(text);
	bool cut = more > CZ_ERROR_MESSAGE_SIZE - 1 - used;

	if (cut)
		more = CZ_ERROR_MESSAGE_SIZE - 1 - used;
	memcpy(message + used, text, more);
	message[used + more] = '\0';
	if (cut)
		mark_cut(message);
}

int cz_error_set(struct cz_error *err, enum cz_error_kind kind, const char *format, ...)
{
	int errnum = cz_error_kind_errno(kind);
	va_list ap;

	if (err) {
		err->kind = kind;
		err->errnum = errnum;
		va_start(ap, format);
		format_message(err->message, format, ap);
		va_end(ap);
	}
	return -errnum;
}

int cz_error_errno(struct cz_error *err, int errnum, const char *format, ...)
{
	char text[128];
	va_list ap;

	if (errnum < 0)
		errnum = -errnum;
	if (errnum == 0)
		errnum = EIO;
	if (err) {
		err->kind = kind_from_errno(errnum);
		err->errnum = errnum;
		va_start(ap, format);
		format_message(err->message, format, ap);
		va_end(ap);
		append(err->message, ": ");
		/* The GNU strerror_r: thread-safe, and the result need not be in text. */
		append(err->message, strerror_r(errnum, text, sizeof(text)));
	}
	return -errnum;
}

int cz_error_prefix(struct cz_error *err, int r, const char *format, ...)
{
	char old[CZ_ERROR_MESSAGE_SIZE];
	va_list ap;

	if (!err || r >= 0)
		return r;
	memcpy(old, err->message, sizeof(old));
	va_start(ap, format);
	format_message(err->message, format, ap);
	va_end(ap);
	append(err->message, ": ");
	append(err->message, old);
	return r;
}

int cz_error_oom(struct cz_error *err)
{
	return cz_error_errno(err, ENOMEM, "allocate memory");
}

void cz_error_clear(struct cz_error *err)
{
	if (!err)
		return;
	err->kind = CZ_ERROR_NONE;
	err->errnum = 0;
	err->message[0] = '\0';
}
