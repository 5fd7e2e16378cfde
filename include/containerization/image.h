/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Images: an OCI content store below the data root, and root file systems made from it.
 *
 * References are written as Docker does ("demo", "demo:latest", "host:5000/a/b@sha256:..."); the
 * library completes them (docker.io/library/demo:latest) and lists them in the short form.
 * Platforms are "os/arch[/variant]"; NULL means this host's architecture.
 * Everything is checked against its digest and size before it is used.
 */
#ifndef CONTAINERIZATION_IMAGE_H
#define CONTAINERIZATION_IMAGE_H

#include <containerization/context.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called once for each reference that was loaded, in its short form. */
typedef void (*cz_image_name_fn)(void *userdata, const char *reference);

/* Loads an OCI archive, an OCI layout directory or a `docker save` archive, compressed or not,
 * from a path ("-": standard input). All or nothing.
 * CZ_ERROR_NOT_FOUND, CZ_ERROR_CORRUPT, CZ_ERROR_LIMIT, CZ_ERROR_NO_SPACE. */
int cz_image_load(struct cz_context *context, const char *path, cz_image_name_fn fn, void *userdata,
		  struct cz_error *err);

/* What an imported image's configuration holds beyond its root file system. */
struct cz_image_import_options {
	size_t size;
	const char *platform;
	const char *const *env; /* NAME=VALUE, NULL-terminated, as all vectors here */
	const char *const *entrypoint;
	const char *const *cmd;
	const char *user;
	const char *working_dir;
	const char *stop_signal;
	const char *const *labels; /* KEY=VALUE */
};
/* clang-format off */
#define CZ_IMAGE_IMPORT_OPTIONS_INIT { .size = sizeof(struct cz_image_import_options) }
/* clang-format on */

/* Makes a one-layer image from a root file system's tar (plain or compressed; "-": standard
 * input) and gives it a reference, replacing what had it. options may be NULL. */
int cz_image_import(struct cz_context *context, const char *path, const char *reference,
		    const struct cz_image_import_options *options, struct cz_error *err);

/* All images as a JSON array in the form of `container image list --format json`, sorted by
 * reference. The caller frees. */
int cz_image_list(struct cz_context *context, char **ret_json, struct cz_error *err);

/* One image as a JSON object of the same form. CZ_ERROR_NOT_FOUND. */
int cz_image_inspect(struct cz_context *context, const char *reference, char **ret_json,
		     struct cz_error *err);

/* Takes the reference away and frees what nothing refers to any more: blobs and snapshots.
 * *ret_reclaimed_bytes may be NULL. CZ_ERROR_NOT_FOUND. */
int cz_image_remove(struct cz_context *context, const char *reference,
		    uint64_t *ret_reclaimed_bytes, struct cz_error *err);

/* Writes the image's root file system as an ext4 image to a new file, which appears only when it
 * is complete. disk_bytes 0: as large as its content. CZ_ERROR_EXISTS unless replace. */
int cz_image_unpack(struct cz_context *context, const char *reference, const char *platform,
		    const char *output, uint64_t disk_bytes, bool replace, struct cz_error *err);

/* The short form of a reference, "demo:latest". The caller frees. CZ_ERROR_INVALID_ARGUMENT. */
int cz_image_normalize(const char *reference, char **ret_short, struct cz_error *err);

#ifdef __cplusplus
}
#endif
#endif
