/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames and messages from the other end: whatever arrives, parsing ends, stays inside the buffer
 * and reads the same whether the bytes come at once or one by one.
 */
#include "proto/ttrpc.h"

#include "proto/ttrpc.pb-c.h"
#include "proto/vminitd.pb-c.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void unpack(const struct cz_ttrpc_frame *frame)
{
	Ttrpc__Request *request;
	Ttrpc__Response *response;

	if (frame->type == CZ_TTRPC_REQUEST) {
		request = ttrpc__request__unpack(NULL, frame->size, frame->data);
		if (request) {
			Vminitd__V1__CreateProcessRequest *create =
				vminitd__v1__create_process_request__unpack(
					NULL, request->payload.len, request->payload.data);

			if (create)
				vminitd__v1__create_process_request__free_unpacked(create, NULL);
			ttrpc__request__free_unpacked(request, NULL);
		}
	} else {
		response = ttrpc__response__unpack(NULL, frame->size, frame->data);
		if (response)
			ttrpc__response__free_unpacked(response, NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cz_ttrpc_frame frame;
	size_t missing, offset = 0;
	ssize_t n;

	while ((n = cz_ttrpc_parse(data + offset, size - offset, &frame, &missing)) > 0) {
		if ((size_t)n > size - offset || frame.size > CZ_TTRPC_DATA_MAX)
			abort();
		/* One byte less must not be a frame yet, and must ask for exactly that byte. */
		if (cz_ttrpc_parse(data + offset, (size_t)n - 1, &frame, &missing) != 0 ||
		    missing == 0 || missing > (size_t)n)
			abort();
		(void)cz_ttrpc_parse(data + offset, (size_t)n, &frame, NULL);
		unpack(&frame);
		offset += (size_t)n;
	}
	if (n == 0 && missing == 0)
		abort();
	return 0;
}
