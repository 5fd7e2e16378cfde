/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Theory of operation: epoll holds one entry per descriptor source and one for an eventfd that
 * wakes the loop for posted calls and quit. Timers live in a small unsorted list, a loop has a
 * handful; the nearest one bounds epoll_wait. A source freed while events are being dispatched is
 * only marked dead, and its memory released after the round, so pointers fetched from the kernel
 * in the same round stay valid.
 */
#include "base/loop.h"

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>

#define EVENTS_PER_ROUND 64

struct cz_source {
	struct cz_loop *loop;
	struct cz_source *next, **link; /* in loop->sources, or loop->dead */
	bool dead, is_timer;
	int fd;
	uint32_t events;
	uint64_t deadline;
	union {
		cz_loop_fd_fn fd_fn;
		cz_loop_timer_fn timer_fn;
	};
	void *userdata;
};

struct post {
	struct post *next;
	cz_loop_post_fn fn;
	void *userdata;
};

struct cz_loop {
	int epoll_fd, wake_fd;
	struct cz_source *sources, *dead;
	bool dispatching;
	pthread_mutex_t mutex; /* guards what follows */
	struct post *posts, **posts_end;
	bool quit;
	int quit_code;
};

uint64_t cz_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000;
}

uint64_t cz_deadline_ms(uint64_t milliseconds)
{
	uint64_t now = cz_now();

	return milliseconds > (UINT64_MAX - now) / 1000 ? UINT64_MAX : now + milliseconds * 1000;
}

int cz_deadline_poll(uint64_t deadline)
{
	uint64_t now, ms;

	if (deadline == UINT64_MAX)
		return -1;
	now = cz_now();
	if (deadline <= now)
		return 0;
	ms = (deadline - now + 999) / 1000;
	return ms > INT_MAX ? INT_MAX : (int)ms;
}

int cz_loop_new(struct cz_loop **ret, struct cz_error *err)
{
	_cleanup_(cz_loop_freep) struct cz_loop *loop = calloc(1, sizeof(*loop));
	struct epoll_event event = {.events = EPOLLIN};

	if (!loop)
		return cz_error_oom(err);
	loop->epoll_fd = loop->wake_fd = -1;
	loop->posts_end = &loop->posts;
	pthread_mutex_init(&loop->mutex, NULL);
	loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll_fd < 0)
		return cz_error_errno(err, errno, "create epoll instance");
	loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (loop->wake_fd < 0)
		return cz_error_errno(err, errno, "create eventfd");
	if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, loop->wake_fd, &event) < 0)
		return cz_error_errno(err, errno, "watch eventfd");
	*ret = TAKE_PTR(loop);
	return 0;
}

static void reap_dead(struct cz_loop *loop)
{
	struct cz_source *source;

	while ((source = loop->dead)) {
		loop->dead = source->next;
		free(source);
	}
}

struct cz_loop *cz_loop_free(struct cz_loop *loop)
{
	struct post *post;

	if (!loop)
		return NULL;
	while (loop->sources)
		cz_source_free(loop->sources);
	reap_dead(loop);
	while ((post = loop->posts)) {
		loop->posts = post->next;
		free(post);
	}
	cz_close(loop->wake_fd);
	cz_close(loop->epoll_fd);
	pthread_mutex_destroy(&loop->mutex);
	free(loop);
	return NULL;
}

static struct cz_source *source_new(struct cz_loop *loop, void *userdata)
{
	struct cz_source *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->loop = loop;
	source->fd = -1;
	source->deadline = UINT64_MAX;
	source->userdata = userdata;
	source->next = loop->sources;
	source->link = &loop->sources;
	if (source->next)
		source->next->link = &source->next;
	loop->sources = source;
	return source;
}

int cz_loop_add_fd(struct cz_loop *loop, int fd, uint32_t events, cz_loop_fd_fn fn, void *userdata,
		   struct cz_source **ret, struct cz_error *err)
{
	struct cz_source *source = source_new(loop, userdata);
	struct epoll_event event = {.events = events, .data.ptr = source};

	if (!source)
		return cz_error_oom(err);
	if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0) {
		int r = cz_error_errno(err, errno, "watch descriptor %d", fd);

		cz_source_free(source);
		return r;
	}
	source->fd = fd;
	source->events = events;
	source->fd_fn = fn;
	*ret = source;
	return 0;
}

int cz_source_set_events(struct cz_source *source, uint32_t events, struct cz_error *err)
{
	struct epoll_event event = {.events = events, .data.ptr = source};

	if (source->events == events)
		return 0;
	if (epoll_ctl(source->loop->epoll_fd, EPOLL_CTL_MOD, source->fd, &event) < 0)
		return cz_error_errno(err, errno, "watch descriptor %d", source->fd);
	source->events = events;
	return 0;
}

int cz_loop_add_timer(struct cz_loop *loop, cz_loop_timer_fn fn, void *userdata,
		      struct cz_source **ret, struct cz_error *err)
{
	struct cz_source *source = source_new(loop, userdata);

	if (!source)
		return cz_error_oom(err);
	source->is_timer = true;
	source->timer_fn = fn;
	*ret = source;
	return 0;
}

int cz_source_set_deadline(struct cz_source *source, uint64_t deadline, struct cz_error *err)
{
	if (!source->is_timer)
		return cz_error_set(err, CZ_ERROR_INVALID_ARGUMENT, "source is not a timer");
	source->deadline = deadline;
	return 0;
}

struct cz_source *cz_source_free(struct cz_source *source)
{
	struct cz_loop *loop;

	if (!source || source->dead)
		return NULL;
	loop = source->loop;
	if (source->fd >= 0)
		(void)epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, source->fd, NULL);
	*source->link = source->next;
	if (source->next)
		source->next->link = source->link;
	source->dead = true;
	source->next = loop->dead;
	loop->dead = source;
	if (!loop->dispatching)
		reap_dead(loop);
	return NULL;
}

static void wake(struct cz_loop *loop)
{
	uint64_t one = 1;

	/* The counter can only be full of earlier wake-ups, so failure means it is awake. */
	(void)!write(loop->wake_fd, &one, sizeof(one));
}

int cz_loop_post(struct cz_loop *loop, cz_loop_post_fn fn, void *userdata, struct cz_error *err)
{
	struct post *post = malloc(sizeof(*post));

	if (!post)
		return cz_error_oom(err);
	*post = (struct post){.fn = fn, .userdata = userdata};
	pthread_mutex_lock(&loop->mutex);
	*loop->posts_end = post;
	loop->posts_end = &post->next;
	pthread_mutex_unlock(&loop->mutex);
	wake(loop);
	return 0;
}

void cz_loop_quit(struct cz_loop *loop, int code)
{
	pthread_mutex_lock(&loop->mutex);
	loop->quit = true;
	loop->quit_code = code;
	pthread_mutex_unlock(&loop->mutex);
	wake(loop);
}

static void run_posts(struct cz_loop *loop)
{
	struct post *post, *next;
	uint64_t count;

	(void)!read(loop->wake_fd, &count, sizeof(count));
	pthread_mutex_lock(&loop->mutex);
	post = loop->posts;
	loop->posts = NULL;
	loop->posts_end = &loop->posts;
	pthread_mutex_unlock(&loop->mutex);
	for (; post; post = next) {
		next = post->next;
		post->fn(post->userdata);
		free(post);
	}
}

static uint64_t nearest_timer(const struct cz_loop *loop)
{
	uint64_t nearest = UINT64_MAX;

	for (const struct cz_source *s = loop->sources; s; s = s->next)
		if (s->is_timer && s->deadline < nearest)
			nearest = s->deadline;
	return nearest;
}

static int run_timers(struct cz_loop *loop)
{
	uint64_t now = cz_now();
	struct cz_source *source;
	int handled = 0;

	/* Callbacks may change the list: start over after each, and let only what was due at the
	 * start of the round fire, so that a timer set to "now" cannot keep the round going. */
	do {
		for (source = loop->sources; source; source = source->next)
			if (source->is_timer && source->deadline <= now)
				break;
		if (source) {
			source->deadline = UINT64_MAX;
			source->timer_fn(source, source->userdata);
			handled = 1;
			if (!source->dead && source->deadline <= now)
				source->deadline = now + 1;
		}
	} while (source);
	return handled;
}

int cz_loop_step(struct cz_loop *loop, uint64_t deadline, struct cz_error *err)
{
	struct epoll_event events[EVENTS_PER_ROUND];
	uint64_t timer = nearest_timer(loop);
	int n, handled = 0;

	n = epoll_wait(loop->epoll_fd, events, EVENTS_PER_ROUND,
		       cz_deadline_poll(MIN(timer, deadline)));
	if (n < 0)
		return errno == EINTR ? 0 : cz_error_errno(err, errno, "wait for events");
	loop->dispatching = true;
	for (int i = 0; i < n; i++) {
		struct cz_source *source = events[i].data.ptr;

		handled = 1;
		if (!source)
			run_posts(loop);
		else if (!source->dead)
			source->fd_fn(source, source->fd, events[i].events, source->userdata);
	}
	if (timer != UINT64_MAX)
		handled |= run_timers(loop);
	loop->dispatching = false;
	reap_dead(loop);
	return handled;
}

int cz_loop_run(struct cz_loop *loop, struct cz_error *err)
{
	bool quit = false;
	int code = 0;

	while (!quit) {
		int r = cz_loop_step(loop, UINT64_MAX, err);

		if (r < 0)
			return r;
		pthread_mutex_lock(&loop->mutex);
		quit = loop->quit;
		code = loop->quit_code;
		loop->quit = false;
		pthread_mutex_unlock(&loop->mutex);
	}
	return code;
}
