/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include "base/text.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* A tree deeper than this was made by somebody who wants our stack or our descriptors. */
#define REMOVE_DEPTH_MAX 128

ssize_t cz_read_full(int fd, void *data, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, (char *)data + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

int cz_write_full(int fd, const void *data, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = write(fd, (const char *)data + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

ssize_t cz_pread_full(int fd, void *data, size_t size, off_t offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(fd, (char *)data + done, size - done, offset + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

int cz_pwrite_full(int fd, const void *data, size_t size, off_t offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n =
			pwrite(fd, (const char *)data + done, size - done, offset + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

int cz_read_file_at(int dirfd, const char *path, size_t limit, struct cz_buffer *ret,
		    struct cz_error *err)
{
	_cleanup_close_ int fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return cz_error_errno(err, errno, "open '%s'", path);
	ret->size = 0;
	for (;;) {
		size_t chunk = MIN((size_t)65536, limit - ret->size + 1);
		ssize_t n;
		int r = cz_buffer_reserve(ret, chunk, err);

		if (r < 0)
			return r;
		n = cz_read_full(fd, ret->data + ret->size, chunk);
		if (n < 0)
			return cz_error_errno(err, (int)n, "read '%s'", path);
		ret->size += (size_t)n;
		ret->data[ret->size] = '\0';
		if (ret->size > limit)
			return cz_error_set(err, CZ_ERROR_LIMIT, "'%s' is larger than %zu bytes",
					    path, limit);
		if ((size_t)n < chunk)
			return 0;
	}
}

int cz_write_file_atomic_at(int dirfd, const char *name, const void *data, size_t size, mode_t mode,
			    struct cz_error *err)
{
	_cleanup_free_ char *temporary = NULL;
	_cleanup_close_ int fd = -1, parent = -1;
	const char *slash = strrchr(name, '/');
	uint64_t random;
	int r;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		return cz_error_errno(err, errno, "get random bytes");
	temporary = cz_asprintf("%s.%016llx.tmp", name, (unsigned long long)random);
	if (!temporary)
		return cz_error_oom(err);
	fd = openat(dirfd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return cz_error_errno(err, errno, "create '%s'", temporary);
	r = cz_write_full(fd, data, size);
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (r == 0 && renameat(dirfd, temporary, dirfd, name) < 0)
		r = -errno;
	if (r < 0) {
		(void)unlinkat(dirfd, temporary, 0);
		return cz_error_errno(err, r, "write '%s'", name);
	}
	/* The rename is only safe from a crash once the directory is on disk as well. */
	if (slash)
		temporary[slash == name ? 1 : slash - name] = '\0';
	parent = openat(dirfd, slash ? temporary : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0 || fsync(parent) < 0)
		return cz_error_errno(err, errno, "sync the directory of '%s'", name);
	return 0;
}

int cz_make_directories(const char *path, mode_t mode, struct cz_error *err)
{
	_cleanup_free_ char *copy = strdup(path);

	if (!copy)
		return cz_error_oom(err);
	for (char *p = copy; *p; p++) {
		if (*p != '/' || p == copy)
			continue;
		*p = '\0';
		if (mkdir(copy, mode) < 0 && errno != EEXIST)
			return cz_error_errno(err, errno, "make directory '%s'", copy);
		*p = '/';
	}
	if (mkdir(copy, mode) < 0 && errno != EEXIST)
		return cz_error_errno(err, errno, "make directory '%s'", copy);
	return 0;
}

static int remove_children(int dirfd, dev_t device, unsigned int depth)
{
	_cleanup_closedir_ DIR *dir = fdopendir(dirfd);
	struct dirent *entry;

	if (!dir) {
		int r = -errno;

		cz_close(dirfd);
		return r;
	}
	while ((errno = 0, entry = readdir(dir))) {
		struct stat st;
		int child, r;

		if (cz_streq(entry->d_name, ".") || cz_streq(entry->d_name, ".."))
			continue;
		if (unlinkat(dirfd, entry->d_name, 0) == 0 || errno == ENOENT)
			continue;
		if (errno != EISDIR && errno != EPERM)
			return -errno;
		child = openat(dirfd, entry->d_name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (child < 0)
			return -errno;
		if (fstat(child, &st) < 0 || st.st_dev != device || depth == 0) {
			cz_close(child);
			return depth == 0 ? -ELOOP : -EXDEV;
		}
		r = remove_children(child, device, depth - 1);
		if (r < 0)
			return r;
		if (unlinkat(dirfd, entry->d_name, AT_REMOVEDIR) < 0 && errno != ENOENT)
			return -errno;
	}
	return -errno;
}

int cz_remove_tree_at(int dirfd, const char *name, struct cz_error *err)
{
	struct stat st;
	int fd, r;

	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return 0;
	fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		r = cz_error_errno(err, errno, "remove '%s'", name);
		cz_close(fd);
		return r;
	}
	r = remove_children(fd, st.st_dev, REMOVE_DEPTH_MAX);
	if (r == 0 && unlinkat(dirfd, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		r = -errno;
	return r < 0 ? cz_error_errno(err, r, "remove '%s'", name) : 0;
}

int cz_lock_file_at(int dirfd, const char *name, bool exclusive, bool wait, struct cz_error *err)
{
	_cleanup_close_ int fd =
		openat(dirfd, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int operation = (exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB);

	if (fd < 0)
		return cz_error_errno(err, errno, "open lock '%s'", name);
	while (flock(fd, operation) < 0)
		if (errno != EINTR)
			return cz_error_errno(err, errno, "lock '%s'", name);
	return TAKE_FD(fd);
}

int cz_send_fd(int socket, int fd, struct cz_error *err)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {0};
	char byte = 0;
	struct iovec iov = {&byte, 1};
	struct msghdr message = {.msg_iov = &iov,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message);

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
	while (sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
		if (errno != EINTR)
			return cz_error_errno(err, errno, "send descriptor");
	return 0;
}

int cz_receive_fd(int socket, struct cz_error *err)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {0};
	char byte;
	struct iovec iov = {&byte, 1};
	struct msghdr message = {.msg_iov = &iov,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *cmsg;
	ssize_t n;
	int fd;

	do
		n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno == EAGAIN)
		return -EAGAIN;
	if (n < 0)
		return cz_error_errno(err, errno, "receive descriptor");
	if (n == 0)
		return cz_error_errno(err, EPIPE, "receive descriptor");
	cmsg = CMSG_FIRSTHDR(&message);
	if (!cmsg || cmsg->cmsg_level != SOL_SOCKET || cmsg->cmsg_type != SCM_RIGHTS ||
	    cmsg->cmsg_len != CMSG_LEN(sizeof(int)))
		return cz_error_errno(err, EPROTO, "receive descriptor");
	memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
	return fd;
}

int cz_set_nonblocking(int fd, bool nonblocking, struct cz_error *err)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0)
		return cz_error_errno(err, errno, "get descriptor flags");
	flags = nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
	if (fcntl(fd, F_SETFL, flags) < 0)
		return cz_error_errno(err, errno, "set descriptor flags");
	return 0;
}
