#define SAFE __attribute__((annotate("async-signal-safe")))

SAFE void promised(const char *text);
void on_signal(SAFE void (*action)(int));

SAFE static inline void inlined(const char *text)
{
	promised(text);
}
