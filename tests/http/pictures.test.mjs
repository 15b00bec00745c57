// The files of pictures, as readers get them: whole, in parts, and only those that are ours.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { client, exchange } from '../lib/fetch.mjs';
import { createPublication, serve } from '../lib/site.mjs';

const STEM = '3f/3f9a0b1c2d3e4f5061728394a5b6c7d8';
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));

let publication;
let site;
let get;
let close;

before(async () => {
    publication = createPublication();
    site = await serve(publication);
    ({ get, close } = client(site));
    // The folder may be made while the server runs.
    mkdirSync(join(publication.data, 'pictures/3f'), { recursive: true });
    for (const kind of ['640.webp', '640.avif', '640.jpg', '640.png', 'share.jpg', 'animation.webp'])
        writeFileSync(join(publication.data, 'pictures', `${STEM}-${kind}`), bytes);
    writeFileSync(join(publication.data, 'secret'), 'secret');
    writeFileSync(join(publication.data, 'pictures/3f/secret.txt'), 'secret');
    writeFileSync(join(publication.data, 'pictures', `${STEM}-960.jpg`), '');
    mkdirSync(join(publication.data, 'pictures', `${STEM}-1280.jpg`));
    symlinkSync('../../secret', join(publication.data, 'pictures', `${STEM}-1920.jpg`));
});

after(async () => {
    close?.();
    await site?.stop();
    publication?.remove();
});

test('each file comes with its type, may be kept for ever, and is asked for once', async () => {
    for (const [kind, type] of [['640.webp', 'image/webp'], ['640.avif', 'image/avif'], ['640.jpg', 'image/jpeg'],
        ['640.png', 'image/png'], ['share.jpg', 'image/jpeg'], ['animation.webp', 'image/webp']]) {
        const path = `/pictures/${STEM}-${kind}`;
        const answer = await get(path);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['content-type'], type);
        assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.equal(answer.headers['accept-ranges'], 'bytes');
        assert.ok(answer.body.equals(bytes));
        const again = await get(path, { headers: { 'if-none-match': answer.headers.etag } });
        assert.equal(again.status, 304);
        assert.equal(again.body.length, 0);
        assert.equal(again.headers['cache-control'], answer.headers['cache-control']);
        const head = await get(path, { method: 'HEAD' });
        assert.equal(head.status, 200);
        assert.equal(head.headers['content-length'], String(bytes.length));
        assert.equal(head.headers.etag, answer.headers.etag);
    }
});

test('parts of a file are to be had', async () => {
    const path = `/pictures/${STEM}-640.webp`;
    const part = await get(path, { headers: { range: 'bytes=1000-1999' } });
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 1000-1999/${bytes.length}`);
    assert.ok(part.body.equals(bytes.subarray(1000, 2000)));
    const rest = await get(path, { headers: { range: 'bytes=2000-', 'if-range': part.headers.etag } });
    assert.equal(rest.status, 206);
    assert.ok(rest.body.equals(bytes.subarray(2000)));
    const other = await get(path, { headers: { range: 'bytes=2000-', 'if-range': '"another"' } });
    assert.equal(other.status, 200);
    assert.ok(other.body.equals(bytes));
    const beyond = await get(path, { headers: { range: 'bytes=300000-' } });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers['content-range'], `bytes */${bytes.length}`);
    assert.doesNotMatch(beyond.headers['cache-control'], /immutable/);
    const several = await get(path, { headers: { range: 'bytes=0-1,5-6' } });
    assert.equal(several.status, 200);
    assert.ok(several.body.equals(bytes));
});

test('nothing but files of ours can be had under that address', async () => {
    const paths = ['', '/', `/${STEM}`, `/${STEM}-`, `/${STEM}-640`, `/${STEM}-640.svg`, `/${STEM}-640.webp/`,
        `/${STEM}-0640.webp`, `/${STEM}--1.webp`, `/${STEM}-320.webp`, `/${STEM}-960.jpg`, `/${STEM}-1280.jpg`,
        `/${STEM}-1920.jpg`, `/${STEM.toUpperCase()}-640.webp`, '/3f/secret.txt', '/3f/', '/3f', '/secret', '/../secret',
        '/..%2fsecret', '/%2e%2e/secret', '/3f/..%2f..%2fsecret', '/3f/%2e%2e/%2e%2e/secret', '/3f/..\\..\\secret',
        `/3f/./${STEM.slice(3)}-640.webp%00`, `/${STEM}-640.webp%00.jpg`, `/${STEM}-640.webp%0a`,
        `//${STEM}-640.webp`, `/4f/${STEM.slice(3)}-640.webp`, `/${STEM}-640.webp.webp`, '/.new-1-1',
        `/${'a'.repeat(5000)}`, '/%F0%9F%93%B0', `/3f/${'3f'.repeat(16)}-${'9'.repeat(400)}.webp`];
    for (const path of paths) {
        const answer = await exchange(site, `GET /pictures${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
        assert.match(answer.text, /^HTTP\/1\.1 (404|400|301) /, path);
        assert.doesNotMatch(answer.text, /\r\n\r\nsecret|immutable/, path);
    }
});

test('many readers of many files at once get theirs, those who leave harm nobody', async () => {
    const kinds = ['640.webp', '640.avif', '640.jpg', 'share.jpg'];
    const leaving = Array.from({ length: 20 }, (_, i) => exchange(site,
        `GET /pictures/${STEM}-${kinds[i % 4]} HTTP/1.1\r\nHost: a\r\n\r\n`, { until: (text) => text.length > 0 }));
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => get(`/pictures/${STEM}-${kinds[i % 4]}`)));
    for (const answer of answers) assert.ok(answer.body.equals(bytes));
    await Promise.all(leaving);
});
