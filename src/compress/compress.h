// Compresses: gzip whole or in pieces that can be joined, brotli, zstd.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

// The streams of one thread, reused from call to call (setting up a deflate stream costs as much as
// compressing some kilobytes). All results live in the arena of the call.
struct compressor;
struct compressor *compressor_open(void);
void compressor_close(struct compressor *c); // NULL is fine

// Inputs come from our own renderer and are expected to be small; more than this is a bug.
enum { COMPRESS_MOST = 256 << 20 };

// Whole compressions. Levels are each coding's own: gzip 1 to 9 (RFC 1952), brotli 0 to 11
// (RFC 7932), zstd 1 to 19 (RFC 8878).
str compressor_gzip(struct compressor *c, struct arena *a, str bytes, int level);
str compressor_brotli(struct compressor *c, struct arena *a, str bytes, int level);
str compressor_zstd(struct compressor *c, struct arena *a, str bytes, int level);

// `bytes` as a piece that can stand anywhere in a gzip member: raw deflate (RFC 1951) that refers
// to nothing before it and ends by a full flush, behind 12 bytes of checksum and length. Level 1 to
// 9. What comes back can be stored as it is; gzip_piece_parse looks into it.
str compressor_piece(struct compressor *c, struct arena *a, str bytes, int level);

struct gzip_piece {
    str deflated;
    uint32_t crc, len; // of the bytes before compression
    uint32_t shift;    // moves a checksum over `len` bytes (zlib's crc32_combine_gen)
};

// Views what compressor_piece made; copies nothing.
struct gzip_piece gzip_piece_parse(str piece);

// What stands before and behind joined pieces: head, all `deflated`, tail are one gzip member
// (RFC 1952 §2.3) of sizeof head + sizeof tail + all `deflated` bytes.
struct gzip_frame {
    char head[10];
    char tail[10]; // an empty last block, the checksum, the length
};
struct gzip_frame gzip_frame(const struct gzip_piece *pieces, size_t count);
