// What stands in the heads of answers: security, validators, codings, who the client is.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { client, exchange, plain } from '../lib/fetch.mjs';
import { createPublication, openEditor, serve } from '../lib/site.mjs';

let publication;
let site;
let get;
let close;
let story; // the path of one
let withdrawn;

before(async () => {
    publication = createPublication({ init: ['--base-url', 'https://news.example'] });
    site = await serve(publication, '--trusted-proxies', '127.0.0.0/8', '--log-requests');
    ({ get, close } = client(site));
    const told = [];
    const editor = await openEditor(publication, { seen: (change) => told.push(change) });
    await editor.run(1, 'publish');
    await editor.run(1, 'redirect');
    while (!told.some((change) => change.kind === 'withdraw' && change.commit)) await editor.run(1, 'withdraw');
    withdrawn = told.find((change) => change.kind === 'withdraw').path;
    story = told[0].path === withdrawn ? '/s1/' : told[0].path;
    await editor.settle();
    await editor.close();
});

after(async () => {
    close?.();
    await site?.stop();
    publication?.remove();
});

// Asks until an answer comes in this coding: the first who asks has it made.
async function inCoding(path, coding) {
    for (;;) {
        const answer = await get(path, { headers: { 'accept-encoding': coding } });
        if (answer.headers['content-encoding'] === coding) return answer;
    }
}

function head(text) {
    const lines = text.split('\r\n\r\n')[0].split('\r\n').slice(1);
    return Object.fromEntries(lines.map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
}

function assertGuarded(headers, what) {
    const policy = headers['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'none'/, what);
    assert.match(policy, /frame-ancestors 'none'/, what);
    assert.match(policy, /base-uri 'none'/, what);
    assert.doesNotMatch(policy, /unsafe|nonce|\*/, what);
    assert.equal(headers['x-content-type-options'], 'nosniff', what);
    assert.ok(headers['referrer-policy'], what);
    assert.ok(headers['permissions-policy'], what);
    assert.match(headers['strict-transport-security'] ?? '', /max-age=\d{8}/, what);
    assert.ok(headers.date, what);
}

test('every answer carries the security headers, whoever makes it', async () => {
    const style = /href="(\/static\/style[^"]*)"/.exec((await get('/')).body)[1];
    const wanted = { '/': 200, [story]: 200, '/s1': 301, '/nope/': 404, [withdrawn]: 410, '/feed.xml': 200,
        '/sitemap.xml': 200, '/robots.txt': 200, [style]: 200, '/static/nothing.css': 404, '/-/health': 200,
        '/-/metrics': 200, '/-/nothing': 404 };
    for (const [path, status] of Object.entries(wanted)) {
        for (let turn = 0; turn < 2; turn++) { // rendered, then kept
            const answer = await get(path);
            assert.equal(answer.status, status, path);
            assertGuarded(answer.headers, path);
        }
    }
    assert.equal((await get('/', { method: 'POST' })).status, 405);
    const refused = { 'GET / HTTP/1.1\r\n\r\n': 400, 'GET / HTTP/1.1\nHost: a\n\n': 400, 'PUT / HTTP/1.1\r\nHost: a\r\n\r\n': 405,
        'BREW / HTTP/1.1\r\nHost: a\r\n\r\n': 501, [`GET /${'a'.repeat(60_000)}`]: 414,
        [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(60_000)}`]: 431, 'GET / HTTP/3.0\r\nHost: a\r\n\r\n': 505,
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n': 413 };
    for (const [bytes, status] of Object.entries(refused)) {
        const { text, closed } = await exchange(site, bytes);
        assert.ok(text.startsWith(`HTTP/1.1 ${status} `), `${bytes.slice(0, 60)}: ${text.slice(0, 60)}`);
        assert.ok(closed);
        assertGuarded(head(text), bytes.slice(0, 60));
    }
});

test('without an https address there is no HSTS', async () => {
    const other = createPublication();
    const server = await serve(other);
    const { headers } = await client(server, { keepAlive: false }).get('/');
    assert.equal(headers['strict-transport-security'], undefined);
    await server.stop();
    other.remove();
});

test('a page that the client holds is not sent again, in either coding', async () => {
    const tags = new Set();
    for (const coding of ['identity', 'gzip']) {
        for (const path of ['/', story, '/feed.xml', '/robots.txt']) {
            const full = coding === 'gzip' ? await inCoding(path, coding) : await get(path);
            const tag = full.headers.etag;
            assert.match(tag, /^"[^"]+"$/, 'a strong tag');
            tags.add(`${path} ${tag}`);
            const held = await get(path, { headers: { 'accept-encoding': coding, 'if-none-match': `"x", ${tag}` } });
            assert.equal(held.status, 304, path);
            assert.equal(held.headers.etag, tag);
            assert.equal(held.body.length, 0);
            assert.equal(held.headers['cache-control'], full.headers['cache-control']);
            assert.equal(held.headers.vary, full.headers.vary);
            assert.equal(held.headers['content-length'], undefined);
            assertGuarded(held.headers, path);
            const stale = await get(path, { headers: { 'accept-encoding': coding, 'if-none-match': '"x"' } });
            assert.equal(stale.status, 200);
        }
    }
    assert.equal(tags.size, 8, 'each coding has its own');
});

test('a tag changes with what it stands for', async () => {
    const before = (await get(story)).headers.etag;
    const editor = await openEditor(publication);
    do await editor.run(1, 'publication');
    while ((await get(story)).headers.etag === before);
    await editor.close();
    const answer = await get(story, { headers: { 'if-none-match': before } });
    assert.equal(answer.status, 200);
});

test('pages are revalidated, vary by coding, and carry no date of change', async () => {
    for (const path of ['/', story, '/nope/', withdrawn, '/feed.xml', '/sitemap.xml']) {
        const { headers } = await get(path);
        assert.equal(headers['cache-control'], 'no-cache', path);
        assert.match(headers.vary, /accept-encoding/i, path);
        assert.equal(headers['last-modified'], undefined, path);
        assert.equal(headers['set-cookie'], undefined, path);
    }
});

test('each combination of settings is a page of its own, with its own tag', async () => {
    const seen = new Map();
    for (const cookie of ['', 'prefs=1s0', 'prefs=3d0', 'prefs=1s1', 'prefs=9x7', 'other=1; prefs=3d0']) {
        for (let turn = 0; turn < 2; turn++) { // rendered, then kept
            const { headers, body } = await get(story, { headers: { cookie } });
            assert.match(headers.vary, /cookie/i);
            const [start] = /<html[^>]*>/.exec(body.toString());
            seen.set(start, (seen.get(start) ?? new Set()).add(headers.etag));
            const held = await get(story, { headers: { cookie, 'if-none-match': headers.etag } });
            assert.equal(held.status, 304, cookie);
        }
    }
    assert.deepEqual([...seen.keys()].map((start) => /class="([^"]*)"/.exec(start)?.[1]), [undefined, 'text-3 scheme-dark', 'accepted']);
    const tags = [...seen.values()].flatMap((tags) => [...tags]);
    assert.equal(new Set(tags).size, 3, 'one tag each');
    assert.doesNotMatch((await get('/feed.xml')).headers.vary, /cookie/i);
});

test('pictures of other sites may load for who wants them, on pages alone', async () => {
    const sources = async (path, cookie) => /img-src ([^;]*);/.exec((await get(path, { headers: { cookie } })).headers['content-security-policy'])[1];
    for (let turn = 0; turn < 2; turn++) { // rendered, then kept
        for (const cookie of ['', 'prefs=1s0', 'prefs=1s00', 'prefs=1s02', 'prefs=1s011', 'other=1s01'])
            assert.equal(await sources(story, cookie), "'self' data:", cookie);
        assert.equal(await sources(story, 'prefs=2d01'), "'self' data: https: http:");
        for (const path of ['/feed.xml', '/robots.txt', '/-/health', '/static/none.css'])
            assert.equal(await sources(path, 'prefs=2d01'), "'self' data:", path);
    }
    // All else is as strict as ever.
    const [usual, eased] = await Promise.all(['', 'prefs=2d01'].map(async (cookie) => (await get(story, { headers: { cookie } })).headers));
    assert.equal(eased['content-security-policy'].replace(' https: http:', ''), usual['content-security-policy']);
    for (const name of ['x-content-type-options', 'referrer-policy', 'permissions-policy', 'cross-origin-opener-policy'])
        assert.equal(eased[name], usual[name], name);
});

test('HEAD answers what GET does, without the body', async () => {
    for (const path of ['/', story, '/s1', '/nope/', withdrawn, '/feed.xml', '/-/health']) {
        const [full, bare] = [await get(path), await get(path, { method: 'HEAD' })];
        assert.equal(bare.status, full.status, path);
        assert.equal(bare.body.length, 0);
        const names = (answer) => Object.keys(answer.headers).filter((name) => name !== 'date').map((name) => `${name}: ${answer.headers[name]}`);
        assert.deepEqual(names(bare), names(full), path);
    }
});

test('every coding says the same, and what is not wanted is not sent', async () => {
    for (const path of ['/', story, '/nope/', '/feed.xml', '/s1/feed.xml', '/sitemap.xml', '/robots.txt']) {
        const bytes = (await get(path)).body;
        assert.ok(plain(await inCoding(path, 'gzip')).equals(bytes), path);
        for (const none of ['gzip;q=0', 'identity', 'x-unknown', 'gzip;q=0, *;q=0.1, br;q=0, zstd;q=0'])
            assert.equal((await get(path, { headers: { 'accept-encoding': none } })).headers['content-encoding'], undefined, none);
    }
    for (const path of ['/feed.xml', '/s1/feed.xml', '/sitemap.xml', '/robots.txt']) {
        assert.ok(plain(await inCoding(path, 'br')).equals((await get(path)).body), path);
        const zstd = await inCoding(path, 'zstd');
        assert.equal(zstd.body.readUInt32LE(0), 0xFD2FB528, 'the magic number of zstd');
        const tags = [(await get(path)), zstd, await inCoding(path, 'br'), await inCoding(path, 'gzip')].map((answer) => answer.headers.etag);
        assert.equal(new Set(tags).size, 4, 'each coding has its tag');
    }
});

test('style and pictures may be kept for ever at their addresses', async () => {
    const page = (await get('/')).body.toString();
    const paths = [...page.matchAll(/(?:href|src)="(\/static\/[^"]*)"/g)].map((match) => match[1]);
    assert.ok(paths.length >= 2);
    for (const path of paths) {
        assert.match(path, /\.[0-9a-f]{16}\./);
        const answer = await get(path);
        assert.equal(answer.status, 200);
        assert.match(answer.headers['cache-control'], /max-age=31536000, immutable/);
        for (const coding of ['br', 'gzip']) {
            const packed = await get(path, { headers: { 'accept-encoding': coding } });
            assert.ok(plain(packed).equals(answer.body), coding);
        }
    }
    const another = (ending) => get(paths.find((path) => path.endsWith(ending)).replace(/[0-9a-f]{16}/, '0123456789abcdef'));
    const [script, style] = [await another('.js'), await another('.css')];
    assert.equal(script.status, 404);
    // A page kept somewhere may still name the style of before.
    assert.equal(style.status, 302);
    assert.ok(paths.includes(style.headers.location), style.headers.location);
    for (const { headers } of [script, style]) assert.doesNotMatch(headers['cache-control'] ?? '', /immutable/);
});

test('behind a trusted proxy the client is whom it names; from strangers nothing is believed', async () => {
    const logged = async (server, mark, headers) => {
        const one = client(server, { keepAlive: false });
        await one.get(`/?${mark}`, { headers });
        const line = () => server.errors.split('\n').find((text) => text.includes(`/?${mark}`));
        while (!line()) await new Promise(setImmediate);
        return /client=(\S+)/.exec(line())[1];
    };
    assert.equal(await logged(site, 'a', { 'x-forwarded-for': '203.0.113.9' }), '203.0.113.9');
    assert.equal(await logged(site, 'b', { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }), '203.0.113.9', 'the last hop is what the proxy saw');
    assert.equal(await logged(site, 'c', {}), '127.0.0.1');
    const other = createPublication();
    const open = await serve(other, '--log-requests');
    assert.equal(await logged(open, 'd', { 'x-forwarded-for': '203.0.113.9' }), '127.0.0.1');
    await open.stop();
    other.remove();
});

test('health is for anyone, metrics for this machine alone', async () => {
    const health = await get('/-/health');
    assert.equal(health.body.toString(), 'ready\n');
    assert.equal(health.headers['cache-control'], 'no-store');
    const metrics = await get('/-/metrics');
    assert.equal(metrics.status, 200);
    assert.match(metrics.body.toString(), /^broadsheet_commit \d+$/m);
    for (const line of metrics.body.toString().trim().split('\n'))
        assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"\})? \d+)$/);
    assert.equal((await get('/-/health', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 200);
    assert.equal((await get('/-/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 404);
});

test('what came through a proxy that nobody named is not taken for this machine', async () => {
    const other = createPublication();
    const server = await serve(other);
    const { get: ask } = client(server, { keepAlive: false });
    assert.equal((await ask('/-/metrics')).status, 200);
    for (const header of ['x-forwarded-for', 'forwarded', 'via'])
        assert.equal((await ask('/-/metrics', { headers: { [header]: '203.0.113.9' } })).status, 404, header);
    await server.stop();
    other.remove();
});
