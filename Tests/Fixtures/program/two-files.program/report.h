void report(const char *text);
void close_from(int first);
