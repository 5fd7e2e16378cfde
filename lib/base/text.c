/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>

__attribute__((format(printf, 1, 0))) static char *format_text(const char *format, va_list ap)
{
	char *text;

	return vasprintf(&text, format, ap) < 0 ? NULL : text;
}

char *cz_asprintf(const char *format, ...)
{
	va_list ap;
	char *text;

	va_start(ap, format);
	text = format_text(format, ap);
	va_end(ap);
	return text;
}

static int parse_digits(const char *text, unsigned int base, uint64_t max, uint64_t *ret)
{
	uint64_t value = 0;

	if (!*text)
		return -EINVAL;
	for (; *text; text++) {
		unsigned int digit = (unsigned int)(*text - '0');

		if (digit >= base)
			return -EINVAL;
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit, &value) || value > max)
			return -ERANGE;
	}
	*ret = value;
	return 0;
}

int cz_parse_u64(const char *text, uint64_t max, uint64_t *ret)
{
	return parse_digits(text, 10, max, ret);
}

int cz_parse_u32(const char *text, uint32_t *ret)
{
	uint64_t value;
	int r = parse_digits(text, 10, UINT32_MAX, &value);

	if (r == 0)
		*ret = (uint32_t)value;
	return r;
}

int cz_parse_octal(const char *text, uint64_t max, uint64_t *ret)
{
	return parse_digits(text, 8, max, ret);
}

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* Reads "", "k", "kb", "kib" ... and returns the shift it stands for, or -EINVAL. */
static int parse_unit(const char *p)
{
	static const char units[] = "bkmgtp";
	const char *unit;

	if (!*p)
		return 0;
	unit = strchr(units, tolower((unsigned char)*p));
	if (!unit)
		return -EINVAL;
	p++;
	if (unit != units && tolower((unsigned char)*p) == 'i' &&
	    tolower((unsigned char)p[1]) == 'b')
		p += 2;
	else if (unit != units && tolower((unsigned char)*p) == 'b')
		p++;
	return *skip_blanks(p) ? -EINVAL : (int)(unit - units) * 10;
}

int cz_parse_size(const char *text, uint64_t *ret)
{
	/* The fraction is kept as a number below 10^9, enough digits for any unit to be exact to
	 * the byte people mean. */
	uint64_t whole = 0, fraction = 0, scale = 1;
	const char *p = skip_blanks(text);
	bool digits = false;
	int shift;

	for (; isdigit((unsigned char)*p); p++, digits = true)
		if (__builtin_mul_overflow(whole, 10, &whole) ||
		    __builtin_add_overflow(whole, (uint64_t)(*p - '0'), &whole))
			return -ERANGE;
	if (*p == '.')
		for (p++; isdigit((unsigned char)*p); p++, digits = true)
			if (scale < 1000000000) {
				fraction = fraction * 10 + (uint64_t)(*p - '0');
				scale *= 10;
			}
	if (!digits)
		return -EINVAL;
	shift = parse_unit(skip_blanks(p));
	if (shift < 0)
		return -EINVAL;
	if (whole > UINT64_MAX >> shift)
		return -ERANGE;
	whole <<= shift;
	fraction = (uint64_t)(((unsigned __int128)fraction << shift) / scale);
	return __builtin_add_overflow(whole, fraction, ret) ? -ERANGE : 0;
}

char **cz_strv_free(char **strv)
{
	if (strv)
		for (char **s = strv; *s; s++)
			free(*s);
	free(strv);
	return NULL;
}

size_t cz_strv_length(char *const *strv)
{
	size_t n = 0;

	if (strv)
		while (strv[n])
			n++;
	return n;
}

static int strv_push(char ***strv, char *text)
{
	size_t n = cz_strv_length(*strv);
	char **grown;

	if (!text)
		return -ENOMEM;
	grown = reallocarray(*strv, n + 2, sizeof(char *));
	if (!grown) {
		free(text);
		return -ENOMEM;
	}
	grown[n] = text;
	grown[n + 1] = NULL;
	*strv = grown;
	return 0;
}

int cz_strv_append(char ***strv, const char *text)
{
	return strv_push(strv, strdup(text));
}

int cz_strv_appendf(char ***strv, const char *format, ...)
{
	va_list ap;
	char *text;

	va_start(ap, format);
	text = format_text(format, ap);
	va_end(ap);
	return strv_push(strv, text);
}

int cz_strv_copy(char *const *strv, char ***ret)
{
	_cleanup_strv_ char **copy = NULL;

	for (size_t i = 0; strv && strv[i]; i++)
		if (cz_strv_append(&copy, strv[i]) < 0)
			return -ENOMEM;
	*ret = TAKE_PTR(copy);
	return 0;
}

static bool names(const char *assignment, const char *name, size_t length)
{
	return strncmp(assignment, name, length) == 0 && assignment[length] == '=';
}

const char *cz_environment_get(char *const *environment, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; environment && environment[i]; i++)
		if (names(environment[i], name, length))
			return environment[i] + length + 1;
	return NULL;
}

int cz_environment_put(char ***environment, const char *assignment)
{
	const char *equals = strchr(assignment, '=');

	if (!equals || equals == assignment)
		return -EINVAL;
	for (char **entry = *environment; entry && *entry; entry++)
		if (names(*entry, assignment, (size_t)(equals - assignment))) {
			char *copy = strdup(assignment);

			if (!copy)
				return -ENOMEM;
			free(*entry);
			*entry = copy;
			return 0;
		}
	return cz_strv_append(environment, assignment);
}
