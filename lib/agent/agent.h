/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host's side of the connection to vminitd: a ttrpc client (proto/vminitd.proto) that never
 * blocks unless asked to. The guest is hostile: frames are bounded, replies to calls nobody made
 * end the connection.
 *
 * Calls are sent in order and may be pipelined: start several, wait for the last. One thread at a
 * time may use an agent.
 *
 * A caller with an event loop watches cz_agent_get_fd() for cz_agent_get_events() and calls
 * cz_agent_dispatch(); one without uses cz_agent_call() or cz_agent_wait().
 */
#ifndef CZ_AGENT_AGENT_H
#define CZ_AGENT_AGENT_H

#include "base/cleanup.h"
#include "base/error.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

struct cz_agent;

/* The reply to a call: r >= 0 and the response, borrowed during the callback, or r < 0 and the
 * error. Called exactly once for each call that was started, from dispatch, wait, call or free
 * (then with -ECANCELED). May start other calls; must not free the agent. */
typedef void (*cz_agent_reply_fn)(void *userdata, int r, const ProtobufCMessage *response,
				  const struct cz_error *err);

/* Takes the connected stream socket, on success only. */
int cz_agent_new(int fd, struct cz_agent **ret, struct cz_error *err);

/* Closes the connection (which makes the guest power off) and cancels what is outstanding. */
struct cz_agent *cz_agent_free(struct cz_agent *agent);
CZ_DEFINE_CLEANUP(struct cz_agent *, cz_agent_free);

/* For an event loop: the descriptor, borrowed, and what to watch it for (EPOLLIN, EPOLLOUT). */
int cz_agent_get_fd(const struct cz_agent *agent);
uint32_t cz_agent_get_events(const struct cz_agent *agent);

/* Sends and receives what can be without waiting, and calls back. Returns 0, or an error once the
 * connection is lost (-EPIPE, CZ_ERROR_INVALID_STATE: the guest is gone) or has been violated
 * (CZ_ERROR_CORRUPT); every outstanding call has then been called back with it. */
int cz_agent_dispatch(struct cz_agent *agent, struct cz_error *err);

/* Starts a call of a method of the service Guest, "CreateProcess" for example. The request's type
 * must be the method's. fn may be NULL: then a failure is remembered and returned by the next
 * cz_agent_wait() as its own. */
int cz_agent_start(struct cz_agent *agent, const char *method, const ProtobufCMessage *request,
		   cz_agent_reply_fn fn, void *userdata, struct cz_error *err);

/* Dispatches until *done is set (by a callback), or, with done NULL, until no call started with fn
 * NULL is outstanding. CZ_ERROR_TIMEOUT at the deadline (CLOCK_MONOTONIC, us; UINT64_MAX: none).
 * With cancel_fd >= 0, readable means CZ_ERROR_CANCELLED. */
int cz_agent_wait(struct cz_agent *agent, const bool *done, uint64_t deadline, int cancel_fd,
		  struct cz_error *err);

/* A call and its reply in one. *ret (NULL if not wanted) is freed by the caller with
 * protobuf_c_message_free_unpacked(). */
int cz_agent_call(struct cz_agent *agent, const char *method, const ProtobufCMessage *request,
		  uint64_t deadline, ProtobufCMessage **ret, struct cz_error *err);

#endif
