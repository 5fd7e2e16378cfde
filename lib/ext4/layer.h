/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lays one image layer, a tar stream (ustar, pax, GNU; sparse files, xattrs and ACLs in the forms
 * tar, bsdtar, star and Go write them), into an ext4 image. OCI whiteouts are honoured. The stream
 * comes from strangers: see lib/ext4/layer.c for what is done about it.
 */
#ifndef CZ_EXT4_LAYER_H
#define CZ_EXT4_LAYER_H

#include "ext4/writer.h"

#include <sys/types.h>

/* Gives the next bytes of the uncompressed tar stream: *data stays valid until the next call.
 * Returns how many, 0 at the end, or -errno with *err set: that error is what
 * cz_ext4_apply_layer() then returns. */
typedef ssize_t (*cz_ext4_read_fn)(void *userdata, const void **data, struct cz_error *err);

struct cz_ext4_layer_input {
	cz_ext4_read_fn read;
	void *userdata;
	uint64_t max_bytes;   /* of the tar stream; 0: no limit */
	uint64_t max_entries; /* 0: no limit */
};

/* Begins a layer and reads the stream to its end, trailing bytes behind the archive included, so
 * that the caller can finish a digest over it.
 * CZ_ERROR_CORRUPT: not a tar archive, truncated, or something in it that cannot be (the message
 * names the entry); CZ_ERROR_LIMIT; CZ_ERROR_NO_SPACE; what read returned. */
int cz_ext4_apply_layer(struct cz_ext4_writer *writer, const struct cz_ext4_layer_input *input,
			struct cz_error *err);

#endif
