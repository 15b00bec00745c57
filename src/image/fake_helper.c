// Stands in for the picture helper and does what the "picture" says: what a broken one might do.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static void say(const char *bytes, size_t size)
{
    while (size) {
        ssize_t count = write(STDOUT_FILENO, bytes, size);
        if (count <= 0)
            _exit(1);
        bytes += count;
        size -= (size_t)count;
    }
}

#define SAY(text) say(text, sizeof(text) - 1)

static void say_variant(void)
{
    SAY("picture type=image/jpeg width=640 height=480 alpha=0 focus=500,500\n"
        "variant role=sized type=image/webp width=320 height=240 bytes=30\n"
        "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0");
}

static void say_held(void)
{
    int open_files = 0, words = 0;
    char line[100];
    DIR *listing = opendir("/proc/self/fd");
    while (listing && readdir(listing))
        open_files++;
    while (environ[words])
        words++;
    // Less ".", "..", and the listing's own.
    int length = snprintf(line, sizeof line, "refused limit: %d files, %d in the environment\n",
                          open_files - 3, words);
    say(line, (size_t)length);
}

// The last eight bytes of what was handed in.
static void say_tail(void)
{
    char tail[8], line[100];
    off_t end = lseek(STDIN_FILENO, 0, SEEK_END);
    if (pread(STDIN_FILENO, tail, sizeof tail, end - (off_t)sizeof tail) != sizeof tail)
        return;
    int length = snprintf(line, sizeof line, "refused input: ends with %.8s\n", tail);
    say(line, (size_t)length);
}

static void wait_for_ever(void)
{
    for (;;)
        pause();
}

static void act(const char *what, const char *focus)
{
    char line[100];
    if (!strcmp(what, "variant") || !strcmp(what, "lingers")) {
        say_variant();
        SAY("done\n");
    } else if (!strcmp(what, "half") || !strcmp(what, "half, then hangs")) {
        say_variant();
    } else if (!strcmp(what, "held")) {
        say_held();
    } else if (!strcmp(what, "tail")) {
        say_tail();
    } else if (!strcmp(what, "focus")) {
        snprintf(line, sizeof line, "refused input: focus %s\n", focus);
        say(line, strlen(line));
    } else if (!strcmp(what, "crash")) {
        raise(SIGSEGV);
    } else if (!strcmp(what, "forbidden")) {
        raise(SIGSYS);
    } else if (!strcmp(what, "cpu")) {
        raise(SIGXCPU);
    } else if (!strcmp(what, "open")) {
        _exit(3);
    } else if (!strcmp(what, "floods")) {
        for (;;)
            say_variant();
    }
    if (!strcmp(what, "lingers"))
        close(STDOUT_FILENO);
    if (!strcmp(what, "lingers") || !strcmp(what, "hangs") || !strcmp(what, "half, then hangs"))
        wait_for_ever();
}

int main(int argc, char **argv)
{
    char what[100] = {0};
    if (argc != 2 || pread(STDIN_FILENO, what, sizeof what - 1, 4) < 0)
        return 2;
    act(what + strspn(what, "\r\n\x1a"), argv[1]); // with which a PNG's signature ends
    return 0;
}
