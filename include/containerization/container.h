/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Containers, each in a virtual machine of its own, and the processes in them.
 *
 *	cz_container_create()  ->  CREATED   on disk, no machine
 *	cz_container_start()   ->  RUNNING   the machine boots and the init process runs in it
 *	init process ends, cz_container_stop(), machine dies  ->  STOPPED
 *	cz_container_delete()  ->  gone from disk
 *
 * A container belongs to the process that created it: if that dies, in whatever way, the machine
 * dies with it, and the next context made over the same roots sweeps up what it left.
 *
 * Nothing runs behind the caller's back: the library moves on inside its calls only. A program
 * with an event loop polls cz_container_get_fd() for reading and calls cz_container_dispatch(); one
 * without just calls cz_process_wait(). (The bytes of the standard streams flow by themselves.)
 */
#ifndef CONTAINERIZATION_CONTAINER_H
#define CONTAINERIZATION_CONTAINER_H

#include <containerization/context.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cz_container;
struct cz_process;

enum cz_container_state {
	CZ_CONTAINER_CREATED,
	CZ_CONTAINER_RUNNING,
	CZ_CONTAINER_STOPPED,
};

struct cz_ulimit {
	const char *name;    /* "nofile", as ulimit of Docker names them */
	uint64_t soft, hard; /* UINT64_MAX: unlimited */
};

/* What a process is given. For a container's init process, NULL or zero members take what the
 * image says; the environment given is added to the image's. Vectors are NULL-terminated. */
struct cz_process_options {
	size_t size;
	const char *const *arguments;  /* after the entrypoint; the image's Cmd */
	const char *const *entrypoint; /* replaces the image's and clears its Cmd */
	const char *const *env;        /* NAME=VALUE */
	const char *working_dir;       /* made when missing; the image's, or "/" */
	const char *user; /* "name", "uid", "name:group", "uid:gid"; the image's, or root */
	const uint32_t *uid, *gid;    /* without user: as the flags --uid and --gid */
	bool terminal;                /* a pseudo-terminal; stdout and stderr are one */
	unsigned short rows, columns; /* its first size; 0: unset */
	bool interactive;             /* has a standard input; else it reads as empty */
	const struct cz_ulimit *ulimits;
	size_t n_ulimits;
};
/* clang-format off */
#define CZ_PROCESS_OPTIONS_INIT { .size = sizeof(struct cz_process_options) }
/* clang-format on */

struct cz_container_options {
	size_t size;
	const char *image;    /* reference; needed */
	const char *platform; /* NULL: this host's */
	const char *id;       /* 2 to 63 of [a-zA-Z0-9_.-]; a random UUID */
	struct cz_process_options process;
	unsigned int cpus;        /* vCPUs; 4 */
	uint64_t memory_bytes;    /* of the container; 1 GiB, at least 200 MiB */
	bool read_only;           /* root file system */
	const char *const *tmpfs; /* PATH or PATH:OPTIONS, as Docker's --tmpfs */
	uint64_t shm_bytes;       /* /dev/shm; 64 MiB */
	const char *const *cap_add, *const *cap_drop; /* with or without CAP_, or ALL */
	bool init;                                    /* a tiny init as PID 1 of the container */
	const char *kernel;                           /* guest kernel; the context's */
	const char *const *kernel_arguments;          /* added to the guest's command line */
	const char *const *labels;                    /* KEY or KEY=VALUE */
	bool remove; /* deleted when it stops: nothing written in it needs to reach the disk */
};
/* clang-format off */
#define CZ_CONTAINER_OPTIONS_INIT { .size = sizeof(struct cz_container_options), .process = CZ_PROCESS_OPTIONS_INIT }
/* clang-format on */

/* Checks everything that can be checked without a machine, makes the image's snapshot if it is the
 * first of its kind, and the container on disk. Nothing remains of it on failure.
 * CZ_ERROR_INVALID_ARGUMENT, CZ_ERROR_NOT_FOUND (image, platform, kernel, VMM), CZ_ERROR_EXISTS
 * (id), CZ_ERROR_NO_SPACE, CZ_ERROR_CORRUPT. */
int cz_container_create(struct cz_context *context, const struct cz_container_options *options,
			struct cz_container **ret, struct cz_error *err);

/* Ends the machine if it runs. The container stays on disk unless it was made with remove.
 * Returns NULL. */
struct cz_container *cz_container_free(struct cz_container *container);

const char *cz_container_get_id(const struct cz_container *container);
enum cz_container_state cz_container_get_state(const struct cz_container *container);

/* The init process; borrowed, lives as long as the container. Its streams exist from the start on,
 * so ask for them after cz_container_start(). */
struct cz_process *cz_container_get_init(struct cz_container *container);

/* Starts the machine and the init process in it, and returns when that runs.
 * CZ_ERROR_NOT_FOUND: its executable is not there (exit status 127 by custom),
 * CZ_ERROR_PERMISSION: cannot be executed (126), CZ_ERROR_INVALID_ARGUMENT: no such user,
 * CZ_ERROR_CANCELLED: cancel_fd (-1: none) became readable. After a failure the container is
 * STOPPED. */
int cz_container_start(struct cz_container *container, int cancel_fd, struct cz_error *err);

/* For an event loop: readable when cz_container_dispatch() has something to do. */
int cz_container_get_fd(struct cz_container *container);

/* Takes what has come in, without waiting. Fails once the machine is gone unexpectedly, saying how
 * it ended. */
int cz_container_dispatch(struct cz_container *container, struct cz_error *err);

/* Syncs the file systems (unless made with remove) and ends the machine. */
int cz_container_stop(struct cz_container *container, struct cz_error *err);

/* Removes a container that does not run from disk. */
int cz_container_delete(struct cz_container *container, struct cz_error *err);

/* The boot log (the guest's console) so far: a path, borrowed. */
const char *cz_container_get_boot_log(const struct cz_container *container);

/* How a process ended. */
struct cz_exit_status {
	int code;   /* 0 to 255, and 128+n when a signal ended it */
	int signal; /* that ended it, or 0 */
	bool oom_killed;
};

enum cz_stream { CZ_STDIN, CZ_STDOUT, CZ_STDERR };

/* Hands over the host's end of a standard stream: a stream socket, blocking, owned by the caller
 * from then on. Reading stdout and stderr ends when every holder in the guest closed them; closing
 * (or shutting down for writing) stdin is its end of file. A terminal has one stream: CZ_STDIN
 * writes to it, CZ_STDOUT reads from it. -1 with CZ_ERROR_INVALID_STATE when there is none or it
 * was taken. Streams that nobody takes are discarded when the process is freed, and may block the
 * process before. */
int cz_process_take_stream(struct cz_process *process, enum cz_stream stream, struct cz_error *err);

/* Waits until the process has ended; timeout_ms -1: for ever; cancel_fd -1: none.
 * CZ_ERROR_TIMEOUT, CZ_ERROR_CANCELLED, and CZ_ERROR_INVALID_STATE when the machine ended first. */
int cz_process_wait(struct cz_process *process, int timeout_ms, int cancel_fd,
		    struct cz_exit_status *ret, struct cz_error *err);

/* Has it ended, as far as dispatch has seen? Returns 1 and the status, or 0. */
int cz_process_get_exit(const struct cz_process *process, struct cz_exit_status *ret);

/* Both return when the request is on its way; a process that has ended is no error. */
int cz_process_kill(struct cz_process *process, int signal, struct cz_error *err);
int cz_process_resize(struct cz_process *process, unsigned short rows, unsigned short columns,
		      struct cz_error *err);

#ifdef __cplusplus
}
#endif
#endif
