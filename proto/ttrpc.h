/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame around every message between host and guest: ttrpc, protocol version 1.
 *
 *	offset 0  u32, big endian: bytes of data that follow the header
 *	offset 4  u32, big endian: stream; odd, chosen by the client, increasing
 *	offset 8  u8: type, 1 request, 2 response
 *	offset 9  u8: flags, 0 when sent, not looked at when received
 *	offset 10 data: a ttrpc.Request or ttrpc.Response (proto/ttrpc.proto)
 *
 * Pure functions over the caller's memory: any thread, no allocation. Used by both ends, so this
 * file needs the C library only.
 */
#ifndef CZ_PROTO_TTRPC_H
#define CZ_PROTO_TTRPC_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CZ_TTRPC_HEADER_SIZE 10
/* The most bytes of data in one frame, as the protocol sets it. */
#define CZ_TTRPC_DATA_MAX ((size_t)4 << 20)

enum cz_ttrpc_type {
	CZ_TTRPC_REQUEST = 1,
	CZ_TTRPC_RESPONSE = 2,
};

struct cz_ttrpc_frame {
	uint32_t stream;
	uint8_t type; /* enum cz_ttrpc_type */
	uint8_t flags;
	const uint8_t *data; /* borrowed from the buffer that was parsed */
	size_t size;
};

/* Writes the header of a frame with `size` bytes of data, which the caller puts behind it.
 * -EMSGSIZE when size is above CZ_TTRPC_DATA_MAX: nothing is written. */
int cz_ttrpc_put_header(uint8_t header[CZ_TTRPC_HEADER_SIZE], uint32_t stream,
			enum cz_ttrpc_type type, size_t size);

/*
 * Looks for one frame at the front of what was received so far. Returns
 *	> 0	the bytes it takes, header included: *ret is set, borrowing from `buffer`; the
 *		caller drops that many bytes when done with it and asks again;
 *	0	not all there yet: *missing is the least number of further bytes worth waiting for;
 *	-EMSGSIZE, -EPROTO  data too long, a type that is not request or response, or stream 0:
 *		the connection is beyond repair. Found as soon as the header is there.
 * `missing` may be NULL. The stream's parity is for the caller to judge.
 */
ssize_t cz_ttrpc_parse(const void *buffer, size_t size, struct cz_ttrpc_frame *ret,
		       size_t *missing);

#endif
