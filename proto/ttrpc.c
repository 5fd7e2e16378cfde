/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/ttrpc.h"

#include <errno.h>

static void put_be32(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

static uint32_t get_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

int cz_ttrpc_put_header(uint8_t header[CZ_TTRPC_HEADER_SIZE], uint32_t stream,
			enum cz_ttrpc_type type, size_t size)
{
	if (size > CZ_TTRPC_DATA_MAX)
		return -EMSGSIZE;
	put_be32(header, (uint32_t)size);
	put_be32(header + 4, stream);
	header[8] = (uint8_t)type;
	header[9] = 0;
	return 0;
}

ssize_t cz_ttrpc_parse(const void *buffer, size_t size, struct cz_ttrpc_frame *ret, size_t *missing)
{
	const uint8_t *bytes = buffer;
	size_t length;

	if (size < CZ_TTRPC_HEADER_SIZE) {
		if (missing)
			*missing = CZ_TTRPC_HEADER_SIZE - size;
		return 0;
	}
	length = get_be32(bytes);
	if (length > CZ_TTRPC_DATA_MAX)
		return -EMSGSIZE;
	if (get_be32(bytes + 4) == 0 ||
	    (bytes[8] != CZ_TTRPC_REQUEST && bytes[8] != CZ_TTRPC_RESPONSE))
		return -EPROTO;
	if (size - CZ_TTRPC_HEADER_SIZE < length) {
		if (missing)
			*missing = length - (size - CZ_TTRPC_HEADER_SIZE);
		return 0;
	}
	*ret = (struct cz_ttrpc_frame){
		.stream = get_be32(bytes + 4),
		.type = bytes[8],
		.flags = bytes[9],
		.data = bytes + CZ_TTRPC_HEADER_SIZE,
		.size = length,
	};
	return (ssize_t)(CZ_TTRPC_HEADER_SIZE + length);
}
