/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/ttrpc.h"
#include "proto/ttrpc.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>

static void test_header_layout(void **state)
{
	static const uint8_t expected[] = {0, 0, 1, 2, 0x80, 0, 0, 3, 2, 0};
	uint8_t header[CZ_TTRPC_HEADER_SIZE];

	(void)state;
	assert_int_equal(cz_ttrpc_put_header(header, 0x80000003, CZ_TTRPC_RESPONSE, 0x102), 0);
	assert_memory_equal(header, expected, sizeof(expected));
	assert_int_equal(cz_ttrpc_put_header(header, 1, CZ_TTRPC_REQUEST, CZ_TTRPC_DATA_MAX + 1),
			 -EMSGSIZE);
	assert_memory_equal(header, expected, sizeof(expected));
}

static void test_parse_every_split(void **state)
{
	Ttrpc__Request request = TTRPC__REQUEST__INIT;
	uint8_t buffer[256];
	struct cz_ttrpc_frame frame;
	size_t size, missing;

	(void)state;
	request.service = (char *)"vminitd.v1.Guest";
	request.method = (char *)"GetInfo";
	size = ttrpc__request__get_packed_size(&request);
	assert_int_equal(cz_ttrpc_put_header(buffer, 7, CZ_TTRPC_REQUEST, size), 0);
	ttrpc__request__pack(&request, buffer + CZ_TTRPC_HEADER_SIZE);
	size += CZ_TTRPC_HEADER_SIZE;
	for (size_t n = 0; n < size; n++) {
		assert_int_equal(cz_ttrpc_parse(buffer, n, &frame, &missing), 0);
		assert_int_equal(missing,
				 (n < CZ_TTRPC_HEADER_SIZE ? CZ_TTRPC_HEADER_SIZE : size) - n);
	}
	/* What follows the frame is not its business. */
	assert_int_equal(cz_ttrpc_parse(buffer, sizeof(buffer), &frame, NULL), size);
	assert_int_equal(frame.stream, 7);
	assert_int_equal(frame.type, CZ_TTRPC_REQUEST);
	assert_int_equal(frame.size, size - CZ_TTRPC_HEADER_SIZE);
	assert_ptr_equal(frame.data, buffer + CZ_TTRPC_HEADER_SIZE);
}

static void test_parse_refuses(void **state)
{
	static const uint8_t too_long[] = {0, 0x40, 0, 1, 0, 0, 0, 1, 1, 0};
	static const uint8_t longest[] = {0, 0x40, 0, 0, 0, 0, 0, 1, 1, 0};
	static const uint8_t stream_0[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0};
	static const uint8_t type_3[] = {0, 0, 0, 0, 0, 0, 0, 1, 3, 0};
	struct cz_ttrpc_frame frame;
	size_t missing;

	(void)state;
	assert_int_equal(cz_ttrpc_parse(too_long, 10, &frame, NULL), -EMSGSIZE);
	assert_int_equal(cz_ttrpc_parse(longest, 10, &frame, &missing), 0);
	assert_int_equal(missing, CZ_TTRPC_DATA_MAX);
	assert_int_equal(cz_ttrpc_parse(stream_0, 10, &frame, NULL), -EPROTO);
	assert_int_equal(cz_ttrpc_parse(type_3, 10, &frame, NULL), -EPROTO);
}

static void test_empty_frame(void **state)
{
	static const uint8_t empty[] = {0, 0, 0, 0, 0, 0, 0, 9, 2, 0xff};
	struct cz_ttrpc_frame frame;

	(void)state;
	assert_int_equal(cz_ttrpc_parse(empty, 10, &frame, NULL), 10);
	assert_int_equal(frame.stream, 9);
	assert_int_equal(frame.size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header_layout),
		cmocka_unit_test(test_parse_every_split),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_empty_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
