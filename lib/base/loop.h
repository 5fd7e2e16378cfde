/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An event loop: descriptors, deadlines and calls posted from other threads, on epoll(7).
 *
 * One thread runs a loop, and only that thread may use it and its sources, with two exceptions
 * that any thread may call at any time while the loop exists: cz_loop_post() and cz_loop_quit().
 *
 * Callbacks may free any source, their own included, and add new ones; a freed source's callback
 * is not called again, even if its event had been fetched already.
 */
#ifndef CZ_BASE_LOOP_H
#define CZ_BASE_LOOP_H

#include "base/cleanup.h"
#include "base/error.h"

#include <stdint.h>
#include <sys/epoll.h>

struct cz_loop;
struct cz_source;

/* events: EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR, EPOLLRDHUP as reported. */
typedef void (*cz_loop_fd_fn)(struct cz_source *source, int fd, uint32_t events, void *userdata);
typedef void (*cz_loop_timer_fn)(struct cz_source *source, void *userdata);
typedef void (*cz_loop_post_fn)(void *userdata);

int cz_loop_new(struct cz_loop **ret, struct cz_error *err);

/* Frees the loop and every source still on it; descriptors stay with their owners. Posted calls
 * that have not run are dropped. */
struct cz_loop *cz_loop_free(struct cz_loop *loop);
CZ_DEFINE_CLEANUP(struct cz_loop *, cz_loop_free);

/* Watches fd (which must outlive the source) for events; 0 only reports errors and hang-up. */
int cz_loop_add_fd(struct cz_loop *loop, int fd, uint32_t events, cz_loop_fd_fn fn, void *userdata,
		   struct cz_source **ret, struct cz_error *err);

/* Changes what is watched; cheap when nothing changes. */
int cz_source_set_events(struct cz_source *source, uint32_t events, struct cz_error *err);

/* A timer that fires once at a time of CLOCK_MONOTONIC in microseconds (see cz_now()), then rests
 * until set again. It starts unset. */
int cz_loop_add_timer(struct cz_loop *loop, cz_loop_timer_fn fn, void *userdata,
		      struct cz_source **ret, struct cz_error *err);

/* deadline UINT64_MAX unsets. */
int cz_source_set_deadline(struct cz_source *source, uint64_t deadline, struct cz_error *err);

/* Takes the source off its loop. Returns NULL. */
struct cz_source *cz_source_free(struct cz_source *source);
CZ_DEFINE_CLEANUP(struct cz_source *, cz_source_free);

/* Any thread: has fn run in the loop's thread, in the order posted. */
int cz_loop_post(struct cz_loop *loop, cz_loop_post_fn fn, void *userdata, struct cz_error *err);

/* Runs until cz_loop_quit(); returns the code given to it, or -errno. */
int cz_loop_run(struct cz_loop *loop, struct cz_error *err);

/* Handles what is ready, waiting for it until the deadline at most (UINT64_MAX: for ever, 0: not
 * at all). Returns 1 if anything was handled, 0 if the deadline passed, -errno. */
int cz_loop_step(struct cz_loop *loop, uint64_t deadline, struct cz_error *err);

/* Any thread: ends cz_loop_run() with this code (>= 0). */
void cz_loop_quit(struct cz_loop *loop, int code);

/* CLOCK_MONOTONIC in microseconds. */
uint64_t cz_now(void);

/* The time so many milliseconds from now. */
uint64_t cz_deadline_ms(uint64_t milliseconds);

/* What poll(2) takes for "until this deadline": milliseconds rounded up, -1 for UINT64_MAX. */
int cz_deadline_poll(uint64_t deadline);

#endif
