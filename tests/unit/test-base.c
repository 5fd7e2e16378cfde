/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/loop.h"
#include "base/text.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static void error_result_and_object_agree(void **state)
{
	struct cz_error err = CZ_ERROR_INIT;

	(void)state;
	for (int kind = CZ_ERROR_INVALID_ARGUMENT; kind <= CZ_ERROR_INTERNAL; kind++) {
		int r = cz_error_set(&err, (enum cz_error_kind)kind, "x");

		assert_int_equal(r, -err.errnum);
		assert_int_equal(err.kind, kind);
		assert_true(r < 0);
	}
	assert_int_equal(cz_error_errno(&err, ENOENT, "open 'a'"), -ENOENT);
	assert_int_equal(err.kind, CZ_ERROR_NOT_FOUND);
	assert_string_equal(err.message, "open 'a': No such file or directory");
	assert_int_equal(cz_error_prefix(&err, -ENOENT, "read image"), -ENOENT);
	assert_string_equal(err.message, "read image: open 'a': No such file or directory");
	assert_int_equal(cz_error_errno(NULL, 0, "x"), -EIO);
}

static void error_message_is_one_printable_line_and_cut_with_a_mark(void **state)
{
	static char text[4 * CZ_ERROR_MESSAGE_SIZE];
	struct cz_error err = CZ_ERROR_INIT;

	(void)state;
	cz_error_set(&err, CZ_ERROR_CORRUPT, "a\nb\033[31m\x7f");
	assert_string_equal(err.message, "a?b?[31m?");
	memset(text, 'x', sizeof(text) - 1);
	cz_error_set(&err, CZ_ERROR_CORRUPT, "%s", text);
	assert_int_equal(strlen(err.message), CZ_ERROR_MESSAGE_SIZE - 1);
	assert_true(cz_has_suffix(err.message, "x..."));
	cz_error_prefix(&err, -1, "%s", text);
	assert_true(cz_has_suffix(err.message, "..."));
}

static void sizes_parse_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} good[] = {
		{"0", 0},           {"4096", 4096},         {"64m", 64 << 20},
		{"64MB", 64 << 20}, {" 64 MiB ", 64 << 20}, {"1.5g", 3ULL << 29},
		{"10b", 10},        {".5k", 512},           {"2P", 2ULL << 50},
	};
	static const char *const bad[] = {"", "m", "-1", "1x", "1kk", "1 k b", "0x10", "1bb", "+5"};
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		assert_int_equal(cz_parse_size(good[i].text, &value), 0);
		assert_int_equal(value, good[i].value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(cz_parse_size(bad[i], &value), -EINVAL);
	assert_int_equal(cz_parse_size("99999999999999999999", &value), -ERANGE);
	assert_int_equal(cz_parse_size("16384p", &value), -ERANGE);
}

static void numbers_take_digits_only_and_keep_to_their_range(void **state)
{
	uint64_t value;
	uint32_t small;

	(void)state;
	assert_int_equal(cz_parse_u64("18446744073709551615", UINT64_MAX, &value), 0);
	assert_true(value == UINT64_MAX);
	assert_int_equal(cz_parse_u64("18446744073709551616", UINT64_MAX, &value), -ERANGE);
	assert_int_equal(cz_parse_u64("11", 10, &value), -ERANGE);
	assert_int_equal(cz_parse_u64(" 1", 10, &value), -EINVAL);
	assert_int_equal(cz_parse_u64("", 10, &value), -EINVAL);
	assert_int_equal(cz_parse_u32("4294967296", &small), -ERANGE);
	assert_int_equal(cz_parse_octal("0755", 07777, &value), 0);
	assert_int_equal(value, 0755);
	assert_int_equal(cz_parse_octal("8", 07777, &value), -EINVAL);
}

static void environment_replaces_in_place(void **state)
{
	_cleanup_strv_ char **env = NULL;

	(void)state;
	assert_int_equal(cz_environment_put(&env, "A=1"), 0);
	assert_int_equal(cz_environment_put(&env, "AB=2"), 0);
	assert_int_equal(cz_environment_put(&env, "A=3"), 0);
	assert_int_equal(cz_strv_length(env), 2);
	assert_string_equal(env[0], "A=3");
	assert_string_equal(cz_environment_get(env, "AB"), "2");
	assert_null(cz_environment_get(env, "B"));
	assert_int_equal(cz_environment_put(&env, "=x"), -EINVAL);
	assert_int_equal(cz_environment_put(&env, "x"), -EINVAL);
}

static void json_with_duplicates_trailing_text_or_deep_nesting_is_refused(void **state)
{
	static char deep[10000];
	static const char *const bad[] = {"{\"a\":1,\"a\":2}", "{} x", "", "{", "[1e999]"};
	json_t *json = NULL;

	(void)state;
	memset(deep, '[', sizeof(deep));
	assert_int_equal(cz_json_parse(deep, sizeof(deep), "deep", &json, NULL), -EBADMSG);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(cz_json_parse(bad[i], strlen(bad[i]), "it", &json, NULL),
				 -EBADMSG);
}

static void json_getters_name_the_member_of_wrong_type(void **state)
{
	static const char text[] = "{\"s\":1,\"n\":null,\"v\":[\"a\",2],\"i\":70000}";
	struct cz_error err = CZ_ERROR_INIT;
	_cleanup_json_ json_t *json = NULL;
	const char *s = "kept";
	char **v = NULL;
	json_int_t i;

	(void)state;
	assert_int_equal(cz_json_parse(text, strlen(text), "it", &json, NULL), 0);
	assert_int_equal(cz_json_get_string(json, "n", &s, &err), 0);
	assert_int_equal(cz_json_get_string(json, "absent", &s, &err), 0);
	assert_string_equal(s, "kept");
	assert_int_equal(cz_json_get_string(json, "s", &s, &err), -EBADMSG);
	assert_non_null(strstr(err.message, "'s'"));
	assert_int_equal(cz_json_get_strv(json, "v", &v, &err), -EBADMSG);
	assert_null(v);
	assert_int_equal(cz_json_get_int(json, "i", 0, 65535, &i, &err), -EBADMSG);
	assert_int_equal(cz_json_get_int(json, "i", 0, 70000, &i, &err), 1);
}

struct scratch {
	char path[64];
	int fd;
};

static int make_scratch(void **state)
{
	struct scratch *scratch = calloc(1, sizeof(*scratch));

	strcpy(scratch->path, "/tmp/test-base.XXXXXX");
	assert_non_null(mkdtemp(scratch->path));
	scratch->fd = open(scratch->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = scratch;
	return 0;
}

static int remove_scratch(void **state)
{
	struct scratch *scratch = *state;

	assert_int_equal(cz_remove_tree_at(AT_FDCWD, scratch->path, NULL), 0);
	assert_int_equal(access(scratch->path, F_OK), -1);
	cz_close(scratch->fd);
	free(scratch);
	return 0;
}

static void atomic_write_replaces_whole_files_and_reads_respect_the_limit(void **state)
{
	struct scratch *scratch = *state;
	_cleanup_buffer_ struct cz_buffer buffer = CZ_BUFFER_INIT;

	assert_int_equal(cz_write_file_atomic_at(scratch->fd, "f", "one", 3, 0644, NULL), 0);
	assert_int_equal(cz_write_file_atomic_at(scratch->fd, "f", "second", 6, 0644, NULL), 0);
	assert_int_equal(cz_read_file_at(scratch->fd, "f", 6, &buffer, NULL), 0);
	assert_string_equal(buffer.data, "second");
	assert_int_equal(cz_read_file_at(scratch->fd, "f", 5, &buffer, NULL), -E2BIG);
	assert_int_equal(cz_read_file_at(scratch->fd, "g", 5, &buffer, NULL), -ENOENT);
}

static void removing_a_tree_does_not_follow_links(void **state)
{
	struct scratch *scratch = *state;
	char path[128];

	assert_int_equal(mkdirat(scratch->fd, "keep", 0755), 0);
	assert_int_equal(cz_write_file_atomic_at(scratch->fd, "keep/f", "x", 1, 0644, NULL), 0);
	snprintf(path, sizeof(path), "%s/gone/a/b/c", scratch->path);
	assert_int_equal(cz_make_directories(path, 0755, NULL), 0);
	assert_int_equal(symlinkat("../../keep", scratch->fd, "gone/a/link"), 0);
	assert_int_equal(cz_remove_tree_at(scratch->fd, "gone", NULL), 0);
	assert_int_equal(faccessat(scratch->fd, "gone", F_OK, 0), -1);
	assert_int_equal(faccessat(scratch->fd, "keep/f", F_OK, 0), 0);
	assert_int_equal(cz_remove_tree_at(scratch->fd, "gone", NULL), 0);
}

static void a_lock_excludes_until_it_is_closed(void **state)
{
	struct scratch *scratch = *state;
	int first = cz_lock_file_at(scratch->fd, "lock", true, false, NULL);

	assert_true(first >= 0);
	assert_int_equal(cz_lock_file_at(scratch->fd, "lock", true, false, NULL), -EWOULDBLOCK);
	cz_close(first);
	first = cz_lock_file_at(scratch->fd, "lock", true, false, NULL);
	assert_true(first >= 0);
	cz_close(first);
}

struct loop_test {
	struct cz_loop *loop;
	struct cz_source *other;
	int calls;
};

static void free_both(struct cz_source *source, int fd, uint32_t events, void *userdata)
{
	struct loop_test *test = userdata;

	(void)fd;
	(void)events;
	test->calls++;
	cz_source_free(source);
	test->other = cz_source_free(test->other);
}

static void must_not_run(struct cz_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source;
	(void)fd;
	(void)events;
	(void)userdata;
	fail();
}

static void a_freed_source_is_not_called_though_its_event_was_fetched(void **state)
{
	_cleanup_(cz_loop_freep) struct cz_loop *loop = NULL;
	struct loop_test test = {0};
	struct cz_source *source;
	int fds[2];

	(void)state;
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_int_equal(write(fds[1], "x", 1), 1);
	assert_int_equal(cz_loop_new(&loop, NULL), 0);
	/* Both are ready in one round; epoll reports in the order they became ready. */
	assert_int_equal(cz_loop_add_fd(loop, fds[0], EPOLLIN, free_both, &test, &source, NULL), 0);
	assert_int_equal(
		cz_loop_add_fd(loop, fds[1], EPOLLOUT, must_not_run, NULL, &test.other, NULL), 0);
	assert_int_equal(cz_loop_step(loop, UINT64_MAX, NULL), 1);
	assert_int_equal(cz_loop_step(loop, 0, NULL), 0);
	assert_int_equal(test.calls, 1);
	close(fds[0]);
	close(fds[1]);
}

static void count_and_quit(void *userdata)
{
	struct loop_test *test = userdata;

	if (++test->calls == 1000)
		cz_loop_quit(test->loop, 7);
}

static void *post_many(void *userdata)
{
	struct loop_test *test = userdata;

	for (int i = 0; i < 500; i++)
		cz_loop_post(test->loop, count_and_quit, test, NULL);
	return NULL;
}

static void posts_from_other_threads_all_run_in_the_loop(void **state)
{
	struct loop_test test = {0};
	pthread_t threads[2];

	(void)state;
	assert_int_equal(cz_loop_new(&test.loop, NULL), 0);
	for (size_t i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, post_many, &test);
	assert_int_equal(cz_loop_run(test.loop, NULL), 7);
	for (size_t i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(test.calls, 1000);
	cz_loop_free(test.loop);
}

static void stop_at_three(struct cz_source *source, void *userdata)
{
	struct loop_test *test = userdata;

	if (++test->calls == 3)
		cz_loop_quit(test->loop, 0);
	cz_source_set_deadline(source, cz_now(), NULL);
}

static void a_timer_fires_once_per_setting(void **state)
{
	struct loop_test test = {0};
	struct cz_source *timer;

	(void)state;
	assert_int_equal(cz_loop_new(&test.loop, NULL), 0);
	assert_int_equal(cz_loop_add_timer(test.loop, stop_at_three, &test, &timer, NULL), 0);
	assert_int_equal(cz_loop_step(test.loop, 0, NULL), 0);
	cz_source_set_deadline(timer, cz_now(), NULL);
	assert_int_equal(cz_loop_run(test.loop, NULL), 0);
	assert_int_equal(test.calls, 3);
	cz_loop_free(test.loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_result_and_object_agree),
		cmocka_unit_test(error_message_is_one_printable_line_and_cut_with_a_mark),
		cmocka_unit_test(sizes_parse_as_people_write_them),
		cmocka_unit_test(numbers_take_digits_only_and_keep_to_their_range),
		cmocka_unit_test(environment_replaces_in_place),
		cmocka_unit_test(json_with_duplicates_trailing_text_or_deep_nesting_is_refused),
		cmocka_unit_test(json_getters_name_the_member_of_wrong_type),
		cmocka_unit_test_setup_teardown(
			atomic_write_replaces_whole_files_and_reads_respect_the_limit, make_scratch,
			remove_scratch),
		cmocka_unit_test_setup_teardown(removing_a_tree_does_not_follow_links, make_scratch,
						remove_scratch),
		cmocka_unit_test_setup_teardown(a_lock_excludes_until_it_is_closed, make_scratch,
						remove_scratch),
		cmocka_unit_test(a_freed_source_is_not_called_though_its_event_was_fetched),
		cmocka_unit_test(posts_from_other_threads_all_run_in_the_loop),
		cmocka_unit_test(a_timer_fires_once_per_setting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
