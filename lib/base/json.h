/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON on jansson: parsing with limits, and getters whose errors name the member.
 *
 * Getters look up `key` in `object`. A missing (or null) member gives 0 and leaves *ret as it
 * was; a member of another type is CZ_ERROR_CORRUPT, naming the key; success gives 1. What they
 * return is borrowed from the object.
 */
#ifndef CZ_BASE_JSON_H
#define CZ_BASE_JSON_H

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>

static inline void cz_json_decrefp(json_t **json)
{
	json_decref(*json);
}
#define _cleanup_json_ _cleanup_(cz_json_decrefp)

/* Parses one JSON value that fills the whole text. Nesting is bounded, duplicate members are
 * refused. *ret is a new reference. `what` names the text in errors. */
int cz_json_parse(const char *text, size_t size, const char *what, json_t **ret,
		  struct cz_error *err);

/* Serialises compactly (indent 0) or indented, keys sorted, as the whole project prints JSON.
 * The caller frees. NULL when out of memory. */
char *cz_json_dump(const json_t *json, unsigned int indent);

int cz_json_get_string(const json_t *object, const char *key, const char **ret,
		       struct cz_error *err);
int cz_json_get_bool(const json_t *object, const char *key, bool *ret, struct cz_error *err);
int cz_json_get_int(const json_t *object, const char *key, json_int_t min, json_int_t max,
		    json_int_t *ret, struct cz_error *err);
int cz_json_get_object(const json_t *object, const char *key, json_t **ret, struct cz_error *err);
int cz_json_get_array(const json_t *object, const char *key, json_t **ret, struct cz_error *err);

/* An array of strings, copied into a new vector. */
int cz_json_get_strv(const json_t *object, const char *key, char ***ret, struct cz_error *err);

/* A new array of these strings; [] for NULL. NULL when out of memory or not UTF-8. */
json_t *cz_json_from_strv(char *const *strv);

#endif
