// Pictures made for tests: PNG of any size, one colour running into another, so that no two are alike.
// SPDX-License-Identifier: Apache-2.0
import { crc32 as zlibCrc32, deflateSync, inflateSync } from 'node:zlib';

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

// `seed` makes another picture of the same size; `alpha` a transparent one; `flat` one of this colour.
export function png(width, height, { seed = 0, alpha = false, flat } = {}) {
    const channels = alpha ? 4 : 3;
    const rows = Buffer.alloc(height * (1 + width * channels));
    for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
            const at = y * (1 + width * channels) + 1 + x * channels;
            rows[at] = (x + seed * 37) & 255;
            rows[at + 1] = (y + seed * 91) & 255;
            rows[at + 2] = ((x >> 4) ^ (y >> 4)) & 1 ? 200 : 40;
            if (flat) rows.set(flat, at);
            if (alpha) rows[at + 3] = x & 255;
        }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
        chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

// What the bytes of a PNG, JPEG, WebP or AVIF are by their own account: {type, width, height}.
export function about(bytes) {
    if (bytes.subarray(1, 4).toString('latin1') === 'PNG')
        return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    if (bytes.subarray(8, 12).toString('latin1') === 'WEBP') return aboutWebp(bytes);
    if (bytes.subarray(4, 12).toString('latin1') === 'ftypavif') {
        const at = bytes.indexOf('ispe', 0, 'latin1'); // ISO/IEC 23008-12 §6.5.3
        return { type: 'avif', width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    for (let at = 2; bytes.readUInt16BE(0) === 0xFFD8 && at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2))
        if ([0xC0, 0xC1, 0xC2].includes(bytes[at + 1])) return { type: 'jpg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    return {};
}

// RFC 9649 §2.5 to §2.7.
function aboutWebp(bytes) {
    const kind = bytes.subarray(12, 16).toString('latin1');
    if (kind === 'VP8X') return { type: 'webp', width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    if (kind === 'VP8 ') return { type: 'webp', width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    const packed = bytes.readUInt32LE(21);
    return { type: 'webp', width: (packed & 0x3fff) + 1, height: (packed >> 14 & 0x3fff) + 1 };
}

// The pixels of a PNG of eight bits a colour, not interlaced: (x, y) => [red, green, blue, …].
export function pixelsOf(bytes) {
    const { width, height } = about(bytes);
    const channels = { 2: 3, 6: 4 }[bytes[25]];
    const parts = [];
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
        if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
    const data = inflateSync(Buffer.concat(parts)), stride = width * channels, out = Buffer.alloc(stride * height);
    for (let y = 0; y < height; y++)
        for (let i = 0; i < stride; i++) { // PNG (Third Edition) §9.2
            const left = i < channels ? 0 : out[y * stride + i - channels], up = y ? out[(y - 1) * stride + i] : 0;
            const corner = y && i >= channels ? out[(y - 1) * stride + i - channels] : 0, near = left + up - corner;
            const [a, b, c] = [left, up, corner].map((one) => Math.abs(near - one));
            const guess = [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][data[y * (stride + 1)]];
            out[y * stride + i] = data[y * (stride + 1) + 1 + i] + guess;
        }
    return (x, y) => [...out.subarray(y * stride + x * channels, y * stride + (x + 1) * channels)];
}
