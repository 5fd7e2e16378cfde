/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads ext4 file systems as cz_ext4_writer, mke2fs and the kernel make them, without mounting
 * and without root. The image is hostile: nothing in it is believed unchecked, no structure is
 * followed further than it can reach, and what is wrong gives CZ_ERROR_CORRUPT. A journal that
 * was not closed is replayed in memory; the file is never written.
 *
 * One thread at a time may use a reader. The file must not change while it is open.
 */
#ifndef CZ_EXT4_READER_H
#define CZ_EXT4_READER_H

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "ext4/writer.h"

#include <sys/types.h>

#define CZ_EXT4_ROOT_INO 2

struct cz_ext4_reader;

struct cz_ext4_stat {
	uint32_t ino;
	uint32_t mode; /* type and permissions */
	uint32_t uid, gid;
	uint32_t links;
	uint32_t rdev_major, rdev_minor;
	uint64_t size;
	uint64_t blocks; /* of 512 bytes, as stat(2) */
	struct cz_ext4_time atime, mtime, ctime, crtime;
};

/* fd is borrowed and only read with pread(2). CZ_ERROR_CORRUPT when it holds no ext4,
 * CZ_ERROR_UNSUPPORTED for features this reader does not know. */
int cz_ext4_reader_new(int fd, struct cz_ext4_reader **ret, struct cz_error *err);
struct cz_ext4_reader *cz_ext4_reader_free(struct cz_ext4_reader *reader);
CZ_DEFINE_CLEANUP(struct cz_ext4_reader *, cz_ext4_reader_free);

/* Finds the inode at a path from the root. Symbolic links on the way are followed inside the
 * image, the last component's only with follow. CZ_ERROR_NOT_FOUND. */
int cz_ext4_lookup(struct cz_ext4_reader *reader, const char *path, bool follow, uint32_t *ret,
		   struct cz_error *err);

int cz_ext4_stat(struct cz_ext4_reader *reader, uint32_t ino, struct cz_ext4_stat *ret,
		 struct cz_error *err);

/* Up to size bytes of a regular file from offset; fewer only at its end. */
ssize_t cz_ext4_read(struct cz_ext4_reader *reader, uint32_t ino, void *data, size_t size,
		     uint64_t offset, struct cz_error *err);

/* The target, followed by a NUL that does not count, replaces the content of *ret. */
int cz_ext4_readlink(struct cz_ext4_reader *reader, uint32_t ino, struct cz_buffer *ret,
		     struct cz_error *err);

/* Called for every name in a directory, "." and ".." left out, in the order they are stored.
 * name is NUL-terminated and holds no '/'. A result other than 0 ends the listing and is
 * returned. The reader may be used inside. */
typedef int (*cz_ext4_list_fn)(void *userdata, const char *name, size_t name_len, uint32_t ino,
			       struct cz_error *err);
int cz_ext4_list(struct cz_ext4_reader *reader, uint32_t ino, cz_ext4_list_fn fn, void *userdata,
		 struct cz_error *err);

/* Called for every extended attribute, ACLs in the form of getxattr(2), in the order of names as
 * stored. As for listing. */
typedef int (*cz_ext4_xattr_fn)(void *userdata, const struct cz_ext4_xattr *xattr,
				struct cz_error *err);
int cz_ext4_xattrs(struct cz_ext4_reader *reader, uint32_t ino, cz_ext4_xattr_fn fn, void *userdata,
		   struct cz_error *err);

/* The next range of a file, at or after offset, that is not a hole. *end == *start at its end. */
int cz_ext4_next_data(struct cz_ext4_reader *reader, uint32_t ino, uint64_t offset, uint64_t *start,
		      uint64_t *end, struct cz_error *err);

/* Called for everything at and below an inode, a directory before what is in it, the names of a
 * directory in byte order. path has no leading slash, "" for the start. */
typedef int (*cz_ext4_walk_fn)(void *userdata, const char *path, const struct cz_ext4_stat *st,
			       struct cz_error *err);
int cz_ext4_walk(struct cz_ext4_reader *reader, uint32_t ino, cz_ext4_walk_fn fn, void *userdata,
		 struct cz_error *err);

/* Writes everything below an inode (CZ_EXT4_ROOT_INO for all) to fd as a pax tar: hard links as
 * links, sparse files, xattrs, ACLs and nanosecond times kept; names relative to the inode.
 * lost+found in the root, when empty, is left out, and so are sockets, which tar does not know. */
int cz_ext4_export_tar(struct cz_ext4_reader *reader, uint32_t ino, int fd, struct cz_error *err);

#endif
