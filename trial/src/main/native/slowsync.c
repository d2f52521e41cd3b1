/* Makes every sync of a program take SYNC_MICROS longer, as a slower disk would.
   Loaded before the C library by `facteur bench --slow-disk`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_the_disk(void) {
    const char *micros = getenv("SYNC_MICROS");
    long wanted = micros ? atol(micros) : 0;
    struct timespec pause = {wanted / 1000000, wanted % 1000000 * 1000};
    nanosleep(&pause, NULL);
}

#define SLOW(name)                                      \
    int name(int file) {                                \
        int (*real)(int) = dlsym(RTLD_NEXT, #name);     \
        wait_for_the_disk();                            \
        return real(file);                              \
    }

SLOW(fsync)
SLOW(fdatasync)
SLOW(syncfs)
