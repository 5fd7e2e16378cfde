/* SPDX-License-Identifier: Apache-2.0 */
/* Files and directories: whole reads with limits, atomic replacement, locks, removal of trees. */
#ifndef CZ_BASE_FILE_H
#define CZ_BASE_FILE_H

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Read or write all of it, across short transfers and EINTR, on blocking descriptors.
 * cz_read_full returns the bytes read, fewer only at end of file. Both return -errno on failure
 * and take no error object: the caller knows the name. */
ssize_t cz_read_full(int fd, void *data, size_t size);
int cz_write_full(int fd, const void *data, size_t size);
ssize_t cz_pread_full(int fd, void *data, size_t size, off_t offset);
int cz_pwrite_full(int fd, const void *data, size_t size, off_t offset);

/* Reads a whole file of at most `limit` bytes into *ret (which is emptied first).
 * dirfd may be AT_FDCWD. CZ_ERROR_LIMIT when it is larger. */
int cz_read_file_at(int dirfd, const char *path, size_t limit, struct cz_buffer *ret,
		    struct cz_error *err);

/* Replaces the file `name` below dirfd so that at any moment, a crash included, the name shows
 * the old or the new content, whole and on disk. */
int cz_write_file_atomic_at(int dirfd, const char *name, const void *data, size_t size, mode_t mode,
			    struct cz_error *err);

/* mkdir -p; existing directories are fine. */
int cz_make_directories(const char *path, mode_t mode, struct cz_error *err);

/* rm -rf of `name` below dirfd, never following symbolic links nor crossing mounts; missing is
 * fine. */
int cz_remove_tree_at(int dirfd, const char *name, struct cz_error *err);

/* Locks the file (made when missing) below dirfd with flock(2) and returns the descriptor, which
 * holds the lock until it is closed. With wait false a held lock is -EWOULDBLOCK. */
int cz_lock_file_at(int dirfd, const char *name, bool exclusive, bool wait, struct cz_error *err);

/* Sends one byte with a descriptor over a Unix socket, or receives one (close-on-exec).
 * cz_receive_fd returns -EAGAIN without an error object set when a non-blocking socket has
 * nothing, -EPIPE at end of file. */
int cz_send_fd(int socket, int fd, struct cz_error *err);
int cz_receive_fd(int socket, struct cz_error *err);

/* Sets or clears O_NONBLOCK. */
int cz_set_nonblocking(int fd, bool nonblocking, struct cz_error *err);

#endif
