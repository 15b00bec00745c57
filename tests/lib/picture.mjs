// Pictures made for tests: PNG of any size, one colour running into another, so that no two are alike.
// SPDX-License-Identifier: Apache-2.0
import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
});
const crc32 = zlibCrc32 ?? ((bytes) => {
    let c = 0xFFFFFFFF;
    for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
    return (c ^ 0xFFFFFFFF) >>> 0;
});

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
}

// `seed` makes another picture of the same size; `alpha` a transparent one.
export function png(width, height, { seed = 0, alpha = false } = {}) {
    const channels = alpha ? 4 : 3;
    const rows = Buffer.alloc(height * (1 + width * channels));
    for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
            const at = y * (1 + width * channels) + 1 + x * channels;
            rows[at] = (x + seed * 37) & 255;
            rows[at + 1] = (y + seed * 91) & 255;
            rows[at + 2] = ((x >> 4) ^ (y >> 4)) & 1 ? 200 : 40;
            if (alpha) rows[at + 3] = x & 255;
        }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
        chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
