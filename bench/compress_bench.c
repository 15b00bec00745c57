// Measures compression of one page: bytes and microseconds by level; joining pieces.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/instant.h"
#include "compress/compress.h"

enum { TIMES = 100, PAGE_MOST = 1 << 20 };

typedef str compress_fn(struct compressor *c, struct arena *a, str bytes, int level);

static void measure(const char *what, compress_fn *run, str page, int level)
{
    struct compressor *c = compressor_open();
    struct arena *a = arena_new();
    size_t len = run(c, a, page, level).len;
    int64_t start = instant_steady_us();
    for (int i = 0; i < TIMES; i++) {
        arena_reset(a);
        run(c, a, page, level);
    }
    double us = (double)(instant_steady_us() - start) / TIMES;
    printf("%-7s level %2d: %6zu bytes, ratio %.2f, %7.0f us\n", what, level, len,
           (double)page.len / (double)len, us);
    arena_free(a);
    compressor_close(c);
}

static void measure_join(str page)
{
    struct compressor *c = compressor_open();
    struct arena *a = arena_new();
    str pieces[4];
    size_t bytes = sizeof(struct gzip_frame);
    for (size_t i = 0; i < 4; i++) {
        str part = str_sub(page, page.len * i / 4, page.len * (i + 1) / 4);
        pieces[i] = compressor_piece(c, a, part, 6);
        bytes += gzip_piece_parse(pieces[i]).deflated.len;
    }
    enum { JOINS = 1000000 };
    unsigned sum = 0;
    int64_t start = instant_steady_us();
    for (int n = 0; n < JOINS; n++) {
        struct gzip_piece parsed[4];
        for (int i = 0; i < 4; i++)
            parsed[i] = gzip_piece_parse(pieces[(i + n) & 3]);
        sum += (unsigned char)gzip_frame(parsed, 4).tail[3];
    }
    printf("frame of 4 pieces: %.3f us (%zu bytes in all, check %u)\n",
           (double)(instant_steady_us() - start) / JOINS, bytes, sum);
    arena_free(a);
    compressor_close(c);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: compress_bench PAGE.html\n");
        return 2;
    }
    FILE *file = fopen(argv[1], "rb");
    if (!file) {
        perror(argv[1]);
        return 1;
    }
    static char bytes[PAGE_MOST];
    str page = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    printf("page: %zu bytes\n", page.len);
    for (int level = 1; level <= 9; level++)
        measure("gzip", compressor_gzip, page, level);
    for (int level = 1; level <= 6; level++)
        measure("piece", compressor_piece, page, level);
    for (int level = 1; level <= 11; level += level < 5 ? 1 : 3)
        measure("brotli", compressor_brotli, page, level);
    for (int level = 1; level <= 19; level += 3)
        measure("zstd", compressor_zstd, page, level);
    measure_join(page);
    return 0;
}
