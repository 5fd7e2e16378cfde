/* SPDX-License-Identifier: Apache-2.0 */
/* Everything libcontainerization offers. Link with `pkg-config --libs containerization`. */
#ifndef CONTAINERIZATION_CONTAINERIZATION_H
#define CONTAINERIZATION_CONTAINERIZATION_H

#include <containerization/container.h>
#include <containerization/context.h>
#include <containerization/error.h>
#include <containerization/image.h>

#endif
