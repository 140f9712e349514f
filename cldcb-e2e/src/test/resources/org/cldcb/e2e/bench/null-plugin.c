/* A plugin that hooks db_write and answers `continue` at once. Reads stdin up to each empty line. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST "{\"options\":[],\"rpcmethods\":[],\"hooks\":[{\"name\":\"db_write\"}],\"dynamic\":true}"

/* Of each message only the start is kept: its id and method are there. */
static char start[256];

static void answer(void) {
  char out[1024], id[128] = "null", *from = strstr(start, "\"id\":\""), *to;
  if (from && (to = strchr(from + 6, '"')))
    snprintf(id, sizeof id, "%.*s", (int)(to + 1 - (from + 5)), from + 5);
  int n = snprintf(out, sizeof out, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}\n\n", id,
                   strstr(start, "\"getmanifest\"") ? MANIFEST
                   : strstr(start, "\"db_write\"")  ? "{\"result\":\"continue\"}"
                                                    : "{}");
  if (write(1, out, n) != n) _exit(1);
}

int main(void) {
  static char in[65536];
  size_t length = 0;
  char last = 0;
  ssize_t n;
  while ((n = read(0, in, sizeof in)) > 0)
    for (ssize_t i = 0; i < n; last = in[i++])
      if (in[i] == '\n' && last == '\n') {
        start[length] = 0;
        answer();
        length = 0;
      } else if (length < sizeof start - 1)
        start[length++] = in[i];
  return 0;
}
