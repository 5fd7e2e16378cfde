/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A context: where images and containers live on this host, and what runs them. Every other object
 * is made from one and must be freed before it.
 *
 * Contexts share nothing within a process; several may use the same roots, also from different
 * processes at once: everything on disk is written atomically and locked per object.
 *
 * Threads: a context may be used by several threads at once. Every other object by one at a time.
 */
#ifndef CONTAINERIZATION_CONTEXT_H
#define CONTAINERIZATION_CONTEXT_H

#include <containerization/error.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cz_context;

enum cz_log_level {
	CZ_LOG_DEBUG, /* what is done and when, phases of a start included */
	CZ_LOG_INFO,
	CZ_LOG_WARNING,
};

/* One line without a newline. Called in the thread that called the library. */
typedef void (*cz_log_fn)(void *userdata, enum cz_log_level level, const char *message);

/* Option structures begin with their size, so that they can grow: initialise them with the macro
 * beside each. A NULL or zero member means the default named here. Strings are copied. */
struct cz_context_options {
	size_t size;
	const char *data_root; /* images, snapshots, containers. $CONTAINER_DATA_ROOT; as root
				* /var/lib/containerization, else
				* $XDG_DATA_HOME/containerization */
	const char *run_root;  /* sockets, pids. $CONTAINER_RUN_ROOT; as root
				* /run/containerization, else $XDG_RUNTIME_DIR/containerization,
				* else a directory below data_root */
	const char *kernel; /* guest kernel. $CONTAINER_KERNEL; else the installed one, or the one
			     * beside the library in a build directory */
	const char *initrd; /* initramfs with vminitd; found the same way */
	const char *accel;  /* "auto", "kvm", "tcg". $CONTAINER_ACCEL; "auto" */
	cz_log_fn log;      /* nothing */
	void *log_userdata;
};
/* clang-format off */
#define CZ_CONTEXT_OPTIONS_INIT { .size = sizeof(struct cz_context_options) }
/* clang-format on */

/* Reads the environment, makes the roots and sweeps what killed processes left in them. options
 * may be NULL. CZ_ERROR_PERMISSION, CZ_ERROR_NO_SPACE; kernel and VMM are looked for only when
 * needed. */
int cz_context_new(const struct cz_context_options *options, struct cz_context **ret,
		   struct cz_error *err);

/* Returns NULL. */
struct cz_context *cz_context_free(struct cz_context *context);

/* What this host can do, as JSON (the caller frees): version, data root, run root, kernel path,
 * VMM and its version, accelerator and why it was chosen; members that are missing on this host
 * hold null and "problems" says what and how to remedy it. */
int cz_context_describe(struct cz_context *context, char **ret_json, struct cz_error *err);

/* "0.1.0". Static. */
const char *cz_version(void);

#ifdef __cplusplus
}
#endif
#endif
