/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A virtual machine that boots a Linux kernel directly. What runs it (QEMU, a monitor of our own)
 * is a backend behind struct cz_vm_backend in vm/backend.h; nothing above this header names one.
 *
 * States, and what may be called in each:
 *
 *	CREATED   --start-->  RUNNING  <--pause/resume-->  PAUSED
 *	RUNNING, PAUSED  --stop, guest powers off, VMM dies-->  STOPPED
 *
 *	any state   state, exit, accelerator, free
 *	CREATED     listen, start
 *	RUNNING     listen, dial, pause, set_memory_target, statistics, stop, wait
 *	PAUSED      listen, dial (answered after resume), resume, statistics, stop, wait
 *	STOPPED     stop (does nothing), wait (returns at once)
 *
 * Anything else is CZ_ERROR_INVALID_STATE. There is no way back from STOPPED: make a new machine.
 *
 * Threads: one thread at a time may use a machine, but cz_vm_dial(), cz_vm_listen() and
 * cz_vm_accept() may be called from any thread while it exists. Descriptors handed out are
 * close-on-exec.
 */
#ifndef CZ_VM_VM_H
#define CZ_VM_VM_H

#include "base/cleanup.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cz_vm;

enum cz_vm_accel {
	CZ_VM_ACCEL_AUTO, /* KVM where the CPU really has it, else emulation */
	CZ_VM_ACCEL_KVM,
	CZ_VM_ACCEL_TCG,
};

enum cz_vm_state {
	CZ_VM_CREATED,
	CZ_VM_RUNNING,
	CZ_VM_PAUSED,
	CZ_VM_STOPPED,
};

/* A raw image as a virtio block device. The guest finds it by its serial. Discarded blocks are
 * punched out of a writable image. */
struct cz_vm_disk {
	int fd; /* borrowed until start returns */
	bool readonly;
	const char *serial; /* 1 to 20 characters [A-Za-z0-9_-], unique in the machine */
};

/* A virtio network device on a TAP descriptor. */
struct cz_vm_network {
	int tap_fd; /* borrowed until start returns; opened with IFF_VNET_HDR */
	uint8_t mac[6];
};

/* A directory of the host shared over virtio-fs. */
struct cz_vm_share {
	const char *tag; /* at most 36 bytes */
	const char *path;
	bool readonly;
};

/* Zeroed memory asks for the defaults. Borrowed during cz_vm_new() only, descriptors excepted. */
struct cz_vm_options {
	const char *name;         /* for messages and process titles; default "vm" */
	unsigned int cpus;        /* vCPUs, default 1, at most 255 */
	uint64_t memory_bytes;    /* default 256 MiB; rounded up to 2 MiB */
	const char *kernel;       /* path of an uncompressed kernel with a PVH entry; needed */
	const char *initrd;       /* path of an initramfs, or NULL */
	const char *command_line; /* added to what the backend needs itself, or NULL */
	enum cz_vm_accel accel;
	const char *run_dir; /* directory of this machine alone, for sockets a backend needs */
	int console_fd;      /* open for writing: the boot log; 0 or -1: thrown away.
			      * Borrowed until start returns */
	const struct cz_vm_disk *disks;
	size_t n_disks;
	const struct cz_vm_network *networks;
	size_t n_networks;
	const struct cz_vm_share *shares;
	size_t n_shares;
};

struct cz_vm_statistics {
	uint64_t cpu_usec;       /* CPU time of the VMM, guest included */
	uint64_t resident_bytes; /* memory of the host held by it */
	uint64_t memory_bytes;   /* the guest's memory at present */
};

/* How a machine ended. */
struct cz_vm_exit {
	bool requested;   /* by cz_vm_stop() */
	int status;       /* as waitpid(2) gives it */
	char reason[256]; /* one line for people, the VMM's last words included */
};

/* Which accelerator AUTO means on this host; *reason (static storage of the caller) tells why in
 * one line. Never AUTO. */
enum cz_vm_accel cz_vm_choose_accel(enum cz_vm_accel wanted, char *reason, size_t size);

/* "kvm" or "tcg". */
const char *cz_vm_accel_name(enum cz_vm_accel accel);

/* Is there a backend that can run here? CZ_ERROR_NOT_FOUND names what is missing and the remedy.
 * *version (caller frees) is a line such as "QEMU 7.2.22"; may be NULL. */
int cz_vm_check_host(char **version, struct cz_error *err);

/* Checks the options and readies the carrier of dial and listen. Starts nothing.
 * CZ_ERROR_INVALID_ARGUMENT, CZ_ERROR_NOT_FOUND (kernel, initrd, VMM). */
int cz_vm_new(const struct cz_vm_options *options, struct cz_vm **ret, struct cz_error *err);

/* Stops the machine at once if it runs, and releases everything. Returns NULL. */
struct cz_vm *cz_vm_free(struct cz_vm *vm);
CZ_DEFINE_CLEANUP(struct cz_vm *, cz_vm_free);

/* Starts the VMM and lets the guest run. Returns as soon as the VMM's process exists: that the
 * guest is up shows in its dialling us. The VMM dies with the calling process. */
int cz_vm_start(struct cz_vm *vm, struct cz_error *err);

enum cz_vm_state cz_vm_get_state(const struct cz_vm *vm);
enum cz_vm_accel cz_vm_get_accel(const struct cz_vm *vm);

/* Process of the VMM, for signals and accounting; -1 when not running. */
int cz_vm_get_pid(const struct cz_vm *vm);

/* Connects to a port on which the guest listens, until the deadline (CLOCK_MONOTONIC, us).
 * Returns a connected stream socket, owned by the caller. CZ_ERROR_NOT_FOUND: nobody listens. */
int cz_vm_dial(struct cz_vm *vm, uint32_t port, uint64_t deadline, struct cz_error *err);

/* Listens for the guest dialling this port of ours; 0 picks a free one above 1024. Returns a
 * listener, pollable for reading, owned by the caller; closing it stops listening. *ret_port may
 * be NULL. CZ_ERROR_EXISTS: taken. */
int cz_vm_listen(struct cz_vm *vm, uint32_t port, uint32_t *ret_port, struct cz_error *err);

/* Takes the next connection of a listener: a connected stream socket. Waits until the deadline
 * (0: not at all); CZ_ERROR_TIMEOUT. */
int cz_vm_accept(int listener, uint64_t deadline, struct cz_error *err);

int cz_vm_pause(struct cz_vm *vm, struct cz_error *err);
int cz_vm_resume(struct cz_vm *vm, struct cz_error *err);

/* Asks the guest to give memory back until it holds this much; at most what it was given. */
int cz_vm_set_memory_target(struct cz_vm *vm, uint64_t bytes, struct cz_error *err);

int cz_vm_get_statistics(struct cz_vm *vm, struct cz_vm_statistics *ret, struct cz_error *err);

/* A descriptor, borrowed, that becomes readable when the VMM has died. -1 before start. */
int cz_vm_get_exit_fd(const struct cz_vm *vm);

/* Waits until the machine has stopped. exit may be NULL. CZ_ERROR_TIMEOUT. */
int cz_vm_wait(struct cz_vm *vm, uint64_t deadline, struct cz_vm_exit *exit, struct cz_error *err);

/* Ends the VMM at once, whatever the guest does, and reaps it. What the guest has not synced is
 * lost: ask vminitd first where that matters. Nothing to do is fine. */
int cz_vm_stop(struct cz_vm *vm, struct cz_error *err);

#endif
