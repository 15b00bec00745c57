// Compresses: gzip whole or in pieces that can be joined, brotli, zstd.
// SPDX-License-Identifier: Apache-2.0
#include "compress/compress.h"

#include <assert.h>
#include <malloc.h>
#include <string.h>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/arena.h"
#include "base/heap.h"

enum {
    PIECE_HEAD = 12,    // crc, len, shift: four bytes each, lowest first
    FLUSH_ROOM = 16,    // an empty stored block and the bits before it, generously
    RAW_WINDOW = -15,   // negative: raw deflate, with zlib's largest window
    MEMORY_DEFAULT = 8, // zlib's own
};

// No time, and "unknown" for the system: the same bytes whenever and wherever they were made.
static const char GZIP_HEAD[10] = {0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)255};

struct compressor {
    z_stream deflate;
    int deflate_level; // 0 until the stream is set up
    ZSTD_CCtx *zstd;
};

struct compressor *compressor_open(void)
{
    return heap_new(struct compressor);
}

void compressor_close(struct compressor *c)
{
    if (!c)
        return;
    if (c->deflate_level)
        deflateEnd(&c->deflate);
    ZSTD_freeCCtx(c->zstd);
    heap_free(c);
    // Brotli's high levels work in 16 MB, which the C library would keep for later.
    malloc_trim(0);
}

static void put_le32(char *out, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(n >> (8 * i));
}

static uint32_t get_le32(const char *in)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++)
        n |= (uint32_t)(unsigned char)in[i] << (8 * i);
    return n;
}

static uint32_t crc_of(str bytes)
{
    return bytes.len ? (uint32_t)crc32_z(0, (const Bytef *)bytes.ptr, bytes.len) : 0;
}

// A fresh stream at this level; what fails here is memory that is out.
static void deflate_begin(struct compressor *c, int level)
{
    assert(level >= 1 && level <= 9);
    if (c->deflate_level == level) {
        deflateReset(&c->deflate);
        return;
    }
    if (c->deflate_level)
        deflateEnd(&c->deflate);
    memset(&c->deflate, 0, sizeof c->deflate);
    int status = deflateInit2(&c->deflate, level, Z_DEFLATED, RAW_WINDOW, MEMORY_DEFAULT,
                              Z_DEFAULT_STRATEGY);
    assert(status == Z_OK);
    c->deflate_level = level;
}

// Raw deflate of `bytes` with `before` and `behind` bytes of room around it.
static str deflate_bytes(struct compressor *c, struct arena *a, str bytes, int flush, size_t before,
                         size_t behind)
{
    assert(bytes.len <= COMPRESS_MOST);
    size_t room = deflateBound(&c->deflate, bytes.len) + FLUSH_ROOM;
    char *out = arena_text(a, before + room + behind);
    c->deflate.next_in = (z_const Bytef *)bytes.ptr;
    c->deflate.avail_in = (uInt)bytes.len;
    c->deflate.next_out = (Bytef *)out + before;
    c->deflate.avail_out = (uInt)room;
    int status = deflate(&c->deflate, flush);
    assert(status == (flush == Z_FINISH ? Z_STREAM_END : Z_OK));
    assert(c->deflate.avail_in == 0 && c->deflate.avail_out > 0);
    return (str){out, before + (room - c->deflate.avail_out) + behind};
}

str compressor_gzip(struct compressor *c, struct arena *a, str bytes, int level)
{
    deflate_begin(c, level);
    str made = deflate_bytes(c, a, bytes, Z_FINISH, sizeof GZIP_HEAD, 8);
    char *out = (char *)made.ptr;
    memcpy(out, GZIP_HEAD, sizeof GZIP_HEAD);
    put_le32(out + made.len - 8, crc_of(bytes));
    put_le32(out + made.len - 4, (uint32_t)bytes.len);
    return made;
}

str compressor_piece(struct compressor *c, struct arena *a, str bytes, int level)
{
    deflate_begin(c, level);
    str made = deflate_bytes(c, a, bytes, Z_FULL_FLUSH, PIECE_HEAD, 0);
    char *out = (char *)made.ptr;
    put_le32(out, crc_of(bytes));
    put_le32(out + 4, (uint32_t)bytes.len);
    put_le32(out + 8, (uint32_t)crc32_combine_gen((z_off_t)bytes.len));
    return made;
}

struct gzip_piece gzip_piece_parse(str piece)
{
    assert(piece.len >= PIECE_HEAD);
    return (struct gzip_piece){str_from(piece, PIECE_HEAD), get_le32(piece.ptr),
                               get_le32(piece.ptr + 4), get_le32(piece.ptr + 8)};
}

struct gzip_frame gzip_frame(const struct gzip_piece *pieces, size_t count)
{
    uint32_t crc = 0, len = 0;
    for (size_t i = 0; i < count; i++) {
        crc = i ? (uint32_t)crc32_combine_op(crc, pieces[i].crc, pieces[i].shift) : pieces[i].crc;
        len += pieces[i].len;
    }
    struct gzip_frame frame = {.tail = {3, 0}};
    memcpy(frame.head, GZIP_HEAD, sizeof frame.head);
    put_le32(frame.tail + 2, crc);
    put_le32(frame.tail + 6, len);
    return frame;
}

str compressor_brotli(struct compressor *c, struct arena *a, str bytes, int level)
{
    assert(level >= BROTLI_MIN_QUALITY && level <= BROTLI_MAX_QUALITY);
    assert(bytes.len <= COMPRESS_MOST);
    size_t room = BrotliEncoderMaxCompressedSize(bytes.len);
    char *out = arena_text(a, room);
    BROTLI_BOOL done =
        BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, bytes.len,
                              (const uint8_t *)bytes.ptr, &room, (uint8_t *)out);
    assert(done);
    return (str){out, room};
}

str compressor_zstd(struct compressor *c, struct arena *a, str bytes, int level)
{
    assert(level >= 1 && level <= 19);
    assert(bytes.len <= COMPRESS_MOST);
    if (!c->zstd)
        c->zstd = ZSTD_createCCtx();
    assert(c->zstd);
    size_t room = ZSTD_compressBound(bytes.len);
    char *out = arena_text(a, room);
    size_t len = ZSTD_compressCCtx(c->zstd, out, room, bytes.ptr, bytes.len, level);
    assert(!ZSTD_isError(len));
    return (str){out, len};
}
