/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one cleanup idiom: a variable is released when it leaves its scope, and every transfer of
 * ownership is marked with TAKE_PTR or TAKE_FD. A module with a handle type defines its own
 * attribute with CZ_DEFINE_CLEANUP right below its free function:
 *
 *	struct cz_loop *cz_loop_free(struct cz_loop *loop);
 *	CZ_DEFINE_CLEANUP(struct cz_loop *, cz_loop_free);
 *	...
 *	_cleanup_(cz_loop_freep) struct cz_loop *loop = NULL;
 *
 * Free functions accept NULL and half-built objects, keep errno and return NULL.
 */
#ifndef CZ_BASE_CLEANUP_H
#define CZ_BASE_CLEANUP_H

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(function) __attribute__((cleanup(function)))

#define CZ_DEFINE_CLEANUP(type, function)                               \
	static inline __attribute__((unused)) void function##p(type *p) \
	{                                                               \
		if (*p)                                                 \
			function(*p);                                   \
	}                                                               \
	struct cz_swallow_semicolon

/* Close a descriptor if there is one. Keeps errno, returns -1 for `fd = cz_close(fd)`. */
static inline int cz_close(int fd)
{
	int saved = errno;

	if (fd >= 0)
		(void)close(fd);
	errno = saved;
	return -1;
}

static inline void cz_freep(void *p)
{
	int saved = errno;

	free(*(void **)p);
	errno = saved;
}

static inline void cz_closep(int *fd)
{
	cz_close(*fd);
}

static inline void cz_fclosep(FILE **f)
{
	if (*f)
		(void)fclose(*f);
}

static inline void cz_closedirp(DIR **d)
{
	if (*d)
		(void)closedir(*d);
}

#define _cleanup_free_     _cleanup_(cz_freep)
#define _cleanup_close_    _cleanup_(cz_closep)
#define _cleanup_fclose_   _cleanup_(cz_fclosep)
#define _cleanup_closedir_ _cleanup_(cz_closedirp)

#define TAKE_PTR(ptr)                              \
	({                                         \
		__typeof__(ptr) *_take_ = &(ptr);  \
		__typeof__(ptr) _taken_ = *_take_; \
		*_take_ = NULL;                    \
		_taken_;                           \
	})

#define TAKE_FD(fd)                    \
	({                             \
		int *_take_ = &(fd);   \
		int _taken_ = *_take_; \
		*_take_ = -1;          \
		_taken_;               \
	})

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)                        \
	({                               \
		__typeof__(a) _a_ = (a); \
		__typeof__(b) _b_ = (b); \
		_a_ < _b_ ? _a_ : _b_;   \
	})
#define MAX(a, b)                        \
	({                               \
		__typeof__(a) _a_ = (a); \
		__typeof__(b) _b_ = (b); \
		_a_ > _b_ ? _a_ : _b_;   \
	})

#endif
