// Runs a fuzz target over the files of the folders named: its corpus as an ordinary test.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/heap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// The memory is exactly as large as the file, so that a sanitizer sees one byte read too many.
static int run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    uint8_t *data = heap_resize(NULL, size);
    int whole = fread(data, 1, size, file) == size;
    fclose(file);
    if (whole)
        LLVMFuzzerTestOneInput(data, size);
    heap_free(data);
    return whole;
}

// Returns how many files it ran, or -1 after saying which could not be read.
static int run_folder(const char *folder)
{
    DIR *listing = opendir(folder);
    if (!listing) {
        perror(folder);
        return -1;
    }
    int count = 0;
    for (struct dirent *entry; count >= 0 && (entry = readdir(listing));) {
        char path[4096];
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &about) || !S_ISREG(about.st_mode))
            continue;
        fprintf(stderr, "%s\n", path); // the last one named is the one that crashed
        count = run_file(path, (size_t)about.st_size) ? count + 1 : -1;
    }
    closedir(listing);
    return count;
}

int main(int argc, char **argv)
{
    int total = 0;
    for (int i = 1; i < argc; i++) {
        int count = run_folder(argv[i]);
        if (count < 0)
            return 1;
        total += count;
    }
    printf("%d inputs\n", total);
    return total == 0; // a corpus that is empty tests nothing
}
