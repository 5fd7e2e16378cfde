/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

void cz_buffer_done(struct cz_buffer *buffer)
{
	cz_freep(&buffer->data);
	*buffer = (struct cz_buffer)CZ_BUFFER_INIT;
}

int cz_buffer_reserve(struct cz_buffer *buffer, size_t more, struct cz_error *err)
{
	size_t need, capacity;
	char *data;

	if (__builtin_add_overflow(buffer->size, more, &need) ||
	    __builtin_add_overflow(need, 1, &need))
		return cz_error_oom(err);
	if (need <= buffer->capacity)
		return 0;
	capacity = buffer->capacity > SIZE_MAX / 2 ? need : MAX(need, buffer->capacity * 2);
	capacity = MAX(capacity, (size_t)64);
	data = realloc(buffer->data, capacity);
	if (!data)
		return cz_error_oom(err);
	buffer->data = data;
	buffer->capacity = capacity;
	return 0;
}

int cz_buffer_append(struct cz_buffer *buffer, const void *data, size_t size, struct cz_error *err)
{
	int r = cz_buffer_reserve(buffer, size, err);

	if (r < 0)
		return r;
	if (size)
		memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	buffer->data[buffer->size] = '\0';
	return 0;
}

int cz_buffer_puts(struct cz_buffer *buffer, const char *text, struct cz_error *err)
{
	return cz_buffer_append(buffer, text, strlen(text), err);
}

int cz_buffer_printf(struct cz_buffer *buffer, struct cz_error *err, const char *format, ...)
{
	va_list ap;
	int n, r;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n < 0)
		return cz_error_errno(err, errno, "format text");
	r = cz_buffer_reserve(buffer, (size_t)n, err);
	if (r < 0)
		return r;
	va_start(ap, format);
	vsnprintf(buffer->data + buffer->size, (size_t)n + 1, format, ap);
	va_end(ap);
	buffer->size += (size_t)n;
	return 0;
}

void cz_buffer_consume(struct cz_buffer *buffer, size_t size)
{
	if (size >= buffer->size) {
		buffer->size = 0;
	} else {
		memmove(buffer->data, buffer->data + size, buffer->size - size);
		buffer->size -= size;
	}
	if (buffer->data)
		buffer->data[buffer->size] = '\0';
}
