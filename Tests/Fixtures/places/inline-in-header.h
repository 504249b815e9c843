#include <stdlib.h>

/* Every unit that includes this may call it: the place to change is the child's call. */
static inline void *allocate(size_t size)
{
	void *memory = malloc(size);

	if (memory == NULL)
		_Exit(2);
	return memory;
}
