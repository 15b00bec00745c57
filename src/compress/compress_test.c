// What compression promises: whoever reads it finds the very bytes again.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "compress/compress.h"

enum { PIECES_MOST = 6, TEXT_MOST = 300000 };

static uint64_t random_state = 88172645463325252u;

static size_t below(size_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state >> 11) % n;
}

// Sometimes words, which refer back a lot, sometimes noise, which swells.
static str random_bytes(struct arena *a)
{
    static const char *words[] = {"<p>",     "market ", "the ",  "quarter ", "</p>\n",
                                  "profit ", "Zürich ", "rose ", "fell ",    "<a href=\"/x/"};
    size_t len = below(4) == 0 ? below(20) : below(TEXT_MOST);
    bool noise = below(3) == 0;
    struct buf b = buf_new(a, len);
    while (b.len < len && !b.overflow) {
        if (noise)
            buf_add_char(&b, (char)below(256));
        else
            buf_add(&b, str_of(words[below(10)]));
    }
    return buf_str(&b);
}

// Reads with zlib; the input must end exactly with the stream. Window bits 31: gzip, its checksum
// and length included; -15: raw deflate.
static bool inflates_to(struct arena *a, str packed, int window_bits, int status, str expected)
{
    z_stream z = {0};
    assert_int_equal(inflateInit2(&z, window_bits), Z_OK);
    char *out = arena_text(a, expected.len + 1);
    z.next_in = (z_const Bytef *)packed.ptr;
    z.avail_in = (uInt)packed.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)expected.len + 1;
    int got = inflate(&z, Z_SYNC_FLUSH);
    bool same = got == status && z.avail_in == 0 &&
                str_eq((str){out, expected.len + 1 - z.avail_out}, expected);
    inflateEnd(&z);
    return same;
}

static str framed(struct arena *a, const struct gzip_piece *pieces, size_t count)
{
    struct gzip_frame frame = gzip_frame(pieces, count);
    struct buf b = buf_new(a, 8 << 20);
    buf_add(&b, (str){frame.head, sizeof frame.head});
    for (size_t i = 0; i < count; i++)
        buf_add(&b, pieces[i].deflated);
    buf_add(&b, (str){frame.tail, sizeof frame.tail});
    assert_false(b.overflow);
    return buf_str(&b);
}

static struct gzip_piece piece_of(struct compressor *c, struct arena *a, str bytes, int level)
{
    return gzip_piece_parse(compressor_piece(c, a, bytes, level));
}

// Cuts at random places, also twice at the same; returns the number of pieces.
static size_t cut_up(struct compressor *c, struct arena *a, str text, struct gzip_piece *pieces)
{
    size_t count = 1 + below(PIECES_MOST), from = 0;
    for (size_t i = 0; i < count; i++) {
        size_t to = i + 1 == count ? text.len : from + below(text.len - from + 1);
        pieces[i] = piece_of(c, a, str_sub(text, from, to), 1 + (int)below(9));
        from = to;
    }
    return count;
}

static void pieces_of_any_split_join_to_one_gzip_member(void **state)
{
    struct compressor *c = compressor_open();
    for (int round = 0; round < 300; round++) {
        arena_scoped a = arena_new();
        str text = random_bytes(a);
        struct gzip_piece pieces[PIECES_MOST];
        size_t count = cut_up(c, a, text, pieces);
        assert_true(inflates_to(a, framed(a, pieces, count), 31, Z_STREAM_END, text));
    }
    compressor_close(c);
}

static bool gzip_accepts(str packed)
{
    FILE *gzip = popen("gzip -t 2>/dev/null", "w");
    assert_non_null(gzip);
    fwrite(packed.ptr, 1, packed.len, gzip);
    return pclose(gzip) == 0;
}

static void the_gzip_program_finds_no_fault_in_joined_pieces(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    struct compressor *c = compressor_open();
    for (int round = 0; round < 12; round++) {
        arena_scoped a = arena_new();
        struct gzip_piece pieces[PIECES_MOST];
        size_t count = cut_up(c, a, random_bytes(a), pieces);
        assert_true(gzip_accepts(framed(a, pieces, count)));
        pieces[count - 1].crc ^= 1;
        assert_false(gzip_accepts(framed(a, pieces, count)));
    }
    compressor_close(c);
}

static void a_piece_can_stand_anywhere_and_more_than_once(void **state)
{
    arena_scoped a = arena_new();
    struct compressor *c = compressor_open();
    struct gzip_piece head = piece_of(c, a, S("<head>same words same words</head>"), 6);
    struct gzip_piece own = piece_of(c, a, S("<p>same words same words</p>"), 6);
    struct gzip_piece none = piece_of(c, a, STR_NONE, 6);
    assert_true(inflates_to(a, own.deflated, -15, Z_OK, S("<p>same words same words</p>")));
    const struct gzip_piece order[] = {own, none, head, own, none};
    assert_true(inflates_to(a, framed(a, order, 5), 31, Z_STREAM_END,
                            S("<p>same words same words</p><head>same words same words</head>"
                              "<p>same words same words</p>")));
    compressor_close(c);
}

static void no_piece_at_all_is_an_empty_member(void **state)
{
    arena_scoped a = arena_new();
    str packed = framed(a, NULL, 0);
    assert_true(inflates_to(a, packed, 31, Z_STREAM_END, S("")));
    assert_true(gzip_accepts(packed));
}

static void a_piece_is_the_same_whatever_was_compressed_before(void **state)
{
    arena_scoped a = arena_new();
    struct compressor *fresh = compressor_open(), *used = compressor_open();
    str text = random_bytes(a);
    for (int level = 1; level <= 9; level++)
        compressor_piece(used, a, text, level);
    compressor_gzip(used, a, text, 6);
    assert_true(str_eq(compressor_piece(used, a, text, 6), compressor_piece(fresh, a, text, 6)));
    compressor_close(fresh);
    compressor_close(used);
    compressor_close(NULL);
}

static void whole_gzip_comes_back(void **state)
{
    struct compressor *c = compressor_open();
    for (int round = 0; round < 60; round++) {
        arena_scoped a = arena_new();
        str text = round ? random_bytes(a) : STR_NONE;
        str packed = compressor_gzip(c, a, text, 1 + round % 9);
        assert_true(inflates_to(a, packed, 31, Z_STREAM_END, text));
    }
    compressor_close(c);
}

static void brotli_comes_back(void **state)
{
    struct compressor *c = compressor_open();
    for (int round = 0; round < 24; round++) {
        arena_scoped a = arena_new();
        str text = round ? str_sub(random_bytes(a), 0, 40000) : STR_NONE;
        str packed = compressor_brotli(c, a, text, round % 12);
        size_t len = text.len + 1;
        char *out = arena_text(a, len);
        assert_int_equal(
            BrotliDecoderDecompress(packed.len, (const uint8_t *)packed.ptr, &len, (uint8_t *)out),
            BROTLI_DECODER_RESULT_SUCCESS);
        assert_true(str_eq((str){out, len}, text));
    }
    compressor_close(c);
}

static void zstd_comes_back(void **state)
{
    struct compressor *c = compressor_open();
    for (int round = 0; round < 38; round++) {
        arena_scoped a = arena_new();
        str text = round ? str_sub(random_bytes(a), 0, 40000) : STR_NONE;
        str packed = compressor_zstd(c, a, text, 1 + round % 19);
        char *out = arena_text(a, text.len + 1);
        size_t len = ZSTD_decompress(out, text.len + 1, packed.ptr, packed.len);
        assert_false(ZSTD_isError(len));
        assert_true(str_eq((str){out, len}, text));
    }
    compressor_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_any_split_join_to_one_gzip_member),
        cmocka_unit_test(the_gzip_program_finds_no_fault_in_joined_pieces),
        cmocka_unit_test(a_piece_can_stand_anywhere_and_more_than_once),
        cmocka_unit_test(no_piece_at_all_is_an_empty_member),
        cmocka_unit_test(a_piece_is_the_same_whatever_was_compressed_before),
        cmocka_unit_test(whole_gzip_comes_back),
        cmocka_unit_test(brotli_comes_back),
        cmocka_unit_test(zstd_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
