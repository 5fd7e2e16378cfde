/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

int cz_json_parse(const char *text, size_t size, const char *what, json_t **ret,
		  struct cz_error *err)
{
	json_error_t error;
	/* jansson itself bounds the depth (2048); numbers that do not fit are errors. */
	json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

	if (!json)
		return cz_error_set(err, CZ_ERROR_CORRUPT, "%s is not valid JSON: line %d: %s",
				    what, error.line, error.text);
	*ret = json;
	return 0;
}

char *cz_json_dump(const json_t *json, unsigned int indent)
{
	size_t flags = JSON_SORT_KEYS | JSON_ENCODE_ANY;

	return json_dumps(json, indent ? flags | JSON_INDENT(indent) : flags | JSON_COMPACT);
}

/* Finds a member; 0 when there is none, and says so when its type is wrong. */
static int find(const json_t *object, const char *key, json_type type, const char *type_name,
		json_t **ret, struct cz_error *err)
{
	json_t *member = json_object_get(object, key);

	if (!member || json_is_null(member))
		return 0;
	if (json_typeof(member) != type)
		return cz_error_set(err, CZ_ERROR_CORRUPT, "member '%s' is not %s", key, type_name);
	*ret = member;
	return 1;
}

int cz_json_get_string(const json_t *object, const char *key, const char **ret,
		       struct cz_error *err)
{
	json_t *member = NULL;
	int r = find(object, key, JSON_STRING, "a string", &member, err);

	if (r <= 0)
		return r;
	if (strlen(json_string_value(member)) != json_string_length(member))
		return cz_error_set(err, CZ_ERROR_CORRUPT, "member '%s' contains a NUL byte", key);
	*ret = json_string_value(member);
	return 1;
}

int cz_json_get_bool(const json_t *object, const char *key, bool *ret, struct cz_error *err)
{
	json_t *member = json_object_get(object, key);

	if (!member || json_is_null(member))
		return 0;
	if (!json_is_boolean(member))
		return cz_error_set(err, CZ_ERROR_CORRUPT, "member '%s' is not a boolean", key);
	*ret = json_is_true(member);
	return 1;
}

int cz_json_get_int(const json_t *object, const char *key, json_int_t min, json_int_t max,
		    json_int_t *ret, struct cz_error *err)
{
	json_t *member = NULL;
	int r = find(object, key, JSON_INTEGER, "an integer", &member, err);

	if (r <= 0)
		return r;
	if (json_integer_value(member) < min || json_integer_value(member) > max)
		return cz_error_set(err, CZ_ERROR_CORRUPT, "member '%s' is out of range", key);
	*ret = json_integer_value(member);
	return 1;
}

int cz_json_get_object(const json_t *object, const char *key, json_t **ret, struct cz_error *err)
{
	return find(object, key, JSON_OBJECT, "an object", ret, err);
}

int cz_json_get_array(const json_t *object, const char *key, json_t **ret, struct cz_error *err)
{
	return find(object, key, JSON_ARRAY, "an array", ret, err);
}

int cz_json_get_strv(const json_t *object, const char *key, char ***ret, struct cz_error *err)
{
	_cleanup_strv_ char **strv = NULL;
	json_t *array, *item;
	size_t i;
	int r = cz_json_get_array(object, key, &array, err);

	if (r <= 0)
		return r;
	strv = calloc(json_array_size(array) + 1, sizeof(char *));
	if (!strv)
		return cz_error_oom(err);
	json_array_foreach (array, i, item) {
		if (!json_is_string(item) ||
		    strlen(json_string_value(item)) != json_string_length(item))
			return cz_error_set(err, CZ_ERROR_CORRUPT,
					    "member '%s' is not an array of strings", key);
		strv[i] = strdup(json_string_value(item));
		if (!strv[i])
			return cz_error_oom(err);
	}
	*ret = TAKE_PTR(strv);
	return 1;
}

json_t *cz_json_from_strv(char *const *strv)
{
	json_t *array = json_array();

	for (size_t i = 0; array && strv && strv[i]; i++)
		if (json_array_append_new(array, json_string(strv[i])) < 0) {
			json_decref(array);
			return NULL;
		}
	return array;
}
