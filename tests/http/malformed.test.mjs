// What is not HTTP is refused and the connection closed; who is slow is not waited for; whatever
// comes, the server stays. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import net from 'node:net';
import test, { after, before } from 'node:test';
import { client, exchange, forAll } from '../lib/fetch.mjs';
import { createPublication, serve } from '../lib/site.mjs';

let publication;
let site;
before(async () => {
    publication = createPublication();
    site = await serve(publication);
});
after(async () => {
    await site?.stop();
    publication?.remove();
});

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: a\r\n';
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;
const malformed = {
    'bare LF': 'GET / HTTP/1.1\nHost: a\n\n',
    'bare LF behind a header': 'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n',
    'bare CR in a header': `${GET}X: a\rb\r\n\r\n`,
    'bare CR at an end': 'GET / HTTP/1.1\rHost: a\r\r',
    'a folded header': `${GET}X: a\r\n b\r\n\r\n`,
    'a tab that folds': `${GET}X: a\r\n\tb\r\n\r\n`,
    'space before the first header': 'GET / HTTP/1.1\r\n Host: a\r\n\r\n',
    'NUL in a header': `${GET}X: a\0b\r\n\r\n`,
    'NUL in the target': 'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n',
    'NUL, encoded': 'GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n',
    'a control character in a header': `${GET}X: a\x01b\r\n\r\n`,
    'space before the colon': `${GET}X : a\r\n\r\n`,
    'no colon': `${GET}X\r\n\r\n`,
    'an empty name': `${GET}: a\r\n\r\n`,
    'two Hosts': `${GET}Host: b\r\n\r\n`,
    'two Hosts that agree': `${GET}Host: a\r\n\r\n`,
    'no Host': 'GET / HTTP/1.1\r\n\r\n',
    'a Host with a path': 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
    'a Host with a user': 'GET / HTTP/1.1\r\nHost: u@a\r\n\r\n',
    'Content-Length twice': `${POST}Content-Length: 1\r\nContent-Length: 1\r\n\r\na`,
    'Content-Lengths that differ': `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    'Content-Length as a list': `${POST}Content-Length: 1, 1\r\n\r\na`,
    'Content-Length with a sign': `${POST}Content-Length: +1\r\n\r\na`,
    'Content-Length below nought': `${POST}Content-Length: -1\r\n\r\na`,
    'Content-Length in hex': `${POST}Content-Length: 0x1\r\n\r\na`,
    'Content-Length beyond 64 bits': `${POST}Content-Length: 99999999999999999999\r\n\r\n`,
    'Content-Length and chunked': `${POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'chunked and Content-Length': `${POST}Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n`,
    'chunked twice': `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'chunked, chunked': `${POST}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
    'an unknown transfer coding': `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    'a transfer coding that only looks chunked': `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    'identity': `${POST}Transfer-Encoding: identity\r\n\r\n`,
    'chunked in HTTP/1.0': 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'a chunk size that is none': `${CHUNKED}x\r\n\r\n`,
    'a chunk size with a sign': `${CHUNKED}-1\r\n\r\n`,
    'a chunk size of 64 bits': `${CHUNKED}ffffffffffffffff\r\n`,
    'a chunk size beyond': `${CHUNKED}1ffffffffffffffff\r\n`,
    'a chunk that ends late': `${CHUNKED}1\r\nab\r\n0\r\n\r\n`,
    'a chunk with bare LF': `${CHUNKED}1\na\n0\n\n`,
    'a chunk size with a space before': `${CHUNKED} 1\r\na\r\n0\r\n\r\n`,
    'HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'HTTP/0.9': 'GET /\r\n\r\n',
    'HTTP/1.2': 'GET / HTTP/1.2\r\nHost: a\r\n\r\n',
    'another protocol': 'GET / RTSP/1.0\r\nHost: a\r\n\r\n',
    'lower-case protocol': 'GET / http/1.1\r\nHost: a\r\n\r\n',
    'two spaces in the line': 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n',
    'a space in the target': 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
    'a target without slash': 'GET a HTTP/1.1\r\nHost: a\r\n\r\n',
    'CONNECT': 'CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n',
    'dots': 'GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n',
    'dots, encoded': 'GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n',
    'a slash, encoded': 'GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n',
    'an escape that is none': 'GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n',
    'an escape cut off': 'GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n',
    'bytes that are no UTF-8': 'GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n',
    'TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'an overlong line': `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'an overlong line without end': 'G'.repeat(70_000),
    'an overlong header': `${GET}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    'too many headers': `${GET}${'X: a\r\n'.repeat(200)}\r\n`,
    'overlong trailers': `${CHUNKED}0\r\n${'X: a\r\n'.repeat(20_000)}\r\n`,
    'an overlong chunk extension': `${CHUNKED}1;${'a'.repeat(100_000)}\r\na\r\n0\r\n\r\n`,
    'a body too large': `${POST}Content-Length: 99999999\r\n\r\n`,
    'a chunked body too large': `${CHUNKED}${`10000\r\n${'a'.repeat(65_536)}\r\n`.repeat(20)}0\r\n\r\n`,
};

for (const [name, bytes] of Object.entries(malformed)) {
    test(`refused: ${name}`, async () => {
        const never = 'GET /never HTTP/1.1\r\nHost: a\r\n\r\n';
        const { text, closed } = await exchange(site, Buffer.from(bytes + never, 'latin1'));
        assert.match(text, /^HTTP\/1\.1 (4\d\d|50[15]) /);
        assert.match(text, /\r\nConnection: close\r\n/i);
        assert.ok(closed, 'the connection is closed');
        assert.equal(text.match(/HTTP\/1\.1 /g).length, 1, 'what stands behind it is not looked at');
    });
}

test('a refusal is the same however the bytes are cut', async () => {
    const cut = Object.entries(malformed).filter(([, bytes]) => bytes.length < 200);
    await forAll(cut, 8, async ([name, bytes]) => {
        const pieces = [...Buffer.from(bytes, 'latin1')].map((byte) => Buffer.of(byte));
        // Bytes that say nothing yet are waited for; the rest of a request comes behind them.
        const { text } = await exchange(site, [...pieces, Buffer.from(`\r\n\r\n${GET}\r\n`)]);
        assert.match(text, /^HTTP\/1\.1 (4\d\d|50[15]) /, name);
    });
});

test('who sends slowly gets 408, whatever they trickle', { timeout: 30_000 }, async () => {
    // The deadline for a head is ten seconds from its first byte.
    const began = Date.now();
    const slow = Array.from({ length: 20 }, () => new Promise((resolve) => {
        const socket = net.connect(site.port, site.host);
        let text = '';
        socket.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
        const trickle = setInterval(() => socket.write('a'), 250);
        socket.setEncoding('latin1').on('data', (part) => { text += part; clearInterval(trickle); });
        socket.on('error', () => {});
        socket.on('close', () => { clearInterval(trickle); resolve({ text, ms: Date.now() - began }); });
    }));
    // Meanwhile others are answered.
    const { get, close } = client(site);
    for (let i = 0; i < 50; i++) assert.equal((await get('/')).status, 200);
    close();
    for (const { text, ms } of await Promise.all(slow)) {
        assert.match(text, /^HTTP\/1\.1 408 /);
        assert.match(text, /\r\nConnection: close\r\n/);
        assert.ok(ms > 5000 && ms < 20_000, `${ms} ms`);
    }
});

// A generator of its own, so that a storm can be had again.
function generator(seed) {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
        return (Math.imul(state ^ (state >>> 12), 0x297a2d39) ^ (state >>> 15)) >>> 0;
    };
}

function nonsense(random) {
    const seeds = Object.values(malformed);
    if (random() % 3 === 0) return Buffer.from(Array.from({ length: random() % 600 }, () => random() & 255));
    const bytes = Buffer.from((random() % 2 ? `${GET}\r\n` : seeds[random() % seeds.length]).slice(0, 2000).repeat(1 + (random() % 3)), 'latin1');
    for (let n = random() % 12; n > 0 && bytes.length; n--) bytes[random() % bytes.length] = random() & 255;
    return bytes.subarray(0, random() % 4 ? bytes.length : random() % bytes.length);
}

test('a storm of random bytes leaves the server as it was', { timeout: 180_000 }, async (t) => {
    const seed = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
    const storms = Number(process.env.STORM ?? 3000);
    t.diagnostic(`STORM_SEED=${seed}`);
    const random = generator(seed);
    const seen = {};
    await forAll(Array.from({ length: storms }, () => nonsense(random)), 40, (bytes) => new Promise((resolve) => {
        const socket = net.connect(site.port, site.host, () => socket.end(bytes));
        socket.setEncoding('latin1').on('data', (text) => {
            const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'more';
            seen[status] = (seen[status] ?? 0) + 1;
        });
        socket.on('error', () => {});
        socket.on('close', resolve);
    }));
    t.diagnostic(JSON.stringify(seen));
    assert.equal(seen[500], undefined);
    assert.ok(seen[400] > storms / 4);
    const { get, close } = client(site);
    for (const path of ['/', '/feed.xml', '/nope/']) assert.ok([200, 404].includes((await get(path)).status));
    assert.equal((await get('/-/health')).status, 200);
    close();
    assert.equal(site.status, undefined, 'it still runs');
});
