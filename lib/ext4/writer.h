/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes an ext4 file system into a regular file: in one pass, without mounting, without root.
 *
 * Bytes of files go straight to their blocks as they are given; only the tree (some 110 bytes and
 * the name per entry) is kept in memory until cz_ext4_writer_finish() lays down directories,
 * inodes and bitmaps. The same calls with the same options make the same bytes.
 *
 * The tree is built from layers, the earliest first, as the OCI image specification stacks them:
 * a later entry replaces an earlier one, directories merge, whiteouts remove what earlier layers
 * brought. Paths are bytes, separated by '/', relative to the root; leading, doubled and trailing
 * slashes and "." components are ignored; ".." is refused. Parents that do not exist are made
 * (0755, root, time of the file system). A symbolic link met on the way to the last component is
 * followed inside the image, as a kernel whose root is the image would do it; nothing outside can
 * be named. A parent that is neither directory nor link to one is an error.
 *
 * One thread at a time may use a writer. After any error but an invalid argument the writer can
 * only be freed, and the file is of no use.
 */
#ifndef CZ_EXT4_WRITER_H
#define CZ_EXT4_WRITER_H

#include "base/cleanup.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cz_ext4_writer;

/* Everything zero is a good choice for a read-only image. */
struct cz_ext4_writer_options {
	uint64_t size;     /* bytes of the file system, rounded down to 4096; 0: what it takes */
	uint8_t uuid[16];  /* also the seed of directory hashes and checksums */
	const char *label; /* at most 16 bytes, or NULL */
	int64_t time;      /* seconds since 1970: superblock, and directories nobody described */
	uint64_t journal_size; /* bytes of the journal, 0: none; else 4 MiB or more */
	uint64_t max_bytes;    /* bytes of file blocks there may be at most, 0: no limit */
	uint64_t max_inodes;   /* names and inodes there may be at most, 0: 2^31 */
	uint64_t min_inodes;   /* inodes there must be room for; 0: what the content takes, and with
				* size one per 64 KiB */
};

struct cz_ext4_time {
	int64_t sec;
	uint32_t nsec;
};

struct cz_ext4_xattr {
	const char *name;  /* with its prefix: "user.x", "security.capability",
			    * "system.posix_acl_access" (value as setxattr(2) takes it) */
	const void *value; /* at most 64 KiB */
	size_t size;
};

/* What is put at a path. Borrowed during the call only. */
struct cz_ext4_entry {
	const char *path;
	size_t path_len;
	uint32_t mode; /* type (S_IFMT) and permissions */
	uint32_t uid, gid;
	struct cz_ext4_time mtime;
	struct cz_ext4_time atime; /* if has_atime, else as mtime */
	bool has_atime;
	uint32_t rdev_major, rdev_minor; /* S_IFCHR, S_IFBLK */
	uint64_t size;      /* S_IFREG: the exact size; what is not written reads as 0 */
	const char *target; /* S_IFLNK: 1 to 4095 bytes without NUL */
	size_t target_len;
	const struct cz_ext4_xattr *xattrs;
	size_t n_xattrs;
};

struct cz_ext4_stats {
	uint64_t bytes;        /* size of the file system */
	uint64_t data_bytes;   /* blocks of files */
	uint64_t inodes;       /* in use */
	uint64_t entries;      /* names */
	uint64_t memory_bytes; /* what the tree took at its largest */
};

/* Starts a file system in fd: an empty regular file, O_RDWR, borrowed until the writer is freed.
 * CZ_ERROR_INVALID_ARGUMENT for options that do not fit together. */
int cz_ext4_writer_new(int fd, const struct cz_ext4_writer_options *options,
		       struct cz_ext4_writer **ret, struct cz_error *err);

/* Frees the writer, finished or not. The file is left as it is. Returns NULL. */
struct cz_ext4_writer *cz_ext4_writer_free(struct cz_ext4_writer *writer);
CZ_DEFINE_CLEANUP(struct cz_ext4_writer *, cz_ext4_writer_free);

/* What comes now belongs to the next layer. Not needed before the first. */
int cz_ext4_writer_begin_layer(struct cz_ext4_writer *writer, struct cz_error *err);

/* Puts an entry. A directory on a directory changes its attributes and keeps what is in it;
 * anything else replaces what was there, whole subtrees included. The root is the path "" or "/",
 * and must be a directory. A regular file takes the bytes of cz_ext4_writer_write() until the next
 * other call. CZ_ERROR_CORRUPT for paths that cannot be, CZ_ERROR_LIMIT, CZ_ERROR_NO_SPACE. */
int cz_ext4_writer_add(struct cz_ext4_writer *writer, const struct cz_ext4_entry *entry,
		       struct cz_error *err);

/* The next bytes of the file added last; more than its size is CZ_ERROR_CORRUPT. */
int cz_ext4_writer_write(struct cz_ext4_writer *writer, const void *data, size_t size,
			 struct cz_error *err);

/* Where in the file the next bytes go: never backwards; what is skipped reads as zeros and whole
 * blocks of it are holes. */
int cz_ext4_writer_seek(struct cz_ext4_writer *writer, uint64_t offset, struct cz_error *err);

/* Makes path another name of the file at target (not a directory; a symbolic link itself, not
 * what it points to), from whichever layer. CZ_ERROR_CORRUPT when there is none. */
int cz_ext4_writer_link(struct cz_ext4_writer *writer, const char *path, size_t path_len,
			const char *target, size_t target_len, struct cz_error *err);

/* Removes what earlier layers (not this one) put at path; nothing there is fine. */
int cz_ext4_writer_whiteout(struct cz_ext4_writer *writer, const char *path, size_t path_len,
			    struct cz_error *err);

/* Empties the directory of what earlier layers put into it; none there is fine. */
int cz_ext4_writer_opaque(struct cz_ext4_writer *writer, const char *path, size_t path_len,
			  struct cz_error *err);

/* Completes the file system. stats may be NULL. Does not sync the file. */
int cz_ext4_writer_finish(struct cz_ext4_writer *writer, struct cz_ext4_stats *ret,
			  struct cz_error *err);

/* An empty file system with these directories (0755, root) in its root: what a container writes
 * to. directories is NULL-terminated, NULL for none. Takes milliseconds and a few hundred KiB
 * whatever the size; the kernel has nothing left to initialise. */
int cz_ext4_create_empty(int fd, const struct cz_ext4_writer_options *options,
			 const char *const *directories, struct cz_error *err);

#endif
