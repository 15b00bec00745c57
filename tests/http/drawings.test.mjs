// Pictures that the site draws itself: what other sites show with a link to a story.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { client, forAll } from '../lib/fetch.mjs';
import { pixelsOf, png } from '../lib/picture.mjs';
import { createPublication, PROGRAM, serve } from '../lib/site.mjs';

let publication;
let site;
let get;
let close;

function publish(name, headline, more = '') {
    const file = join(publication.data, `${name}.md`);
    writeFileSync(file, `---\ntitle: "${headline}"\nsection: markets\n${more}---\n\nSome text.\n`);
    publication.run('story', 'publish', file);
    return `/markets/${name}/`;
}

before(async () => {
    publication = createPublication({ init: ['--base-url', 'https://news.example'] });
    publication.run('section', 'add', 'markets', '--name', 'Markets');
    site = await serve(publication);
    ({ get, close } = client(site));
});

after(async () => {
    close?.();
    await site?.stop();
    publication?.remove();
});

function meta(body, name) {
    return new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(body.toString())?.[1];
}

async function share(path) {
    const page = await get(path);
    assert.equal(page.status, 200, path);
    return meta(page.body, 'og:image').replace('https://news.example', '');
}

test('a story names a picture of its headline, which never changes', async () => {
    const path = publish('rates', 'Rates are held', 'slug: rates\n');
    const page = (await get(path)).body;
    const address = await share(path);
    assert.match(address, /^\/share\/\d+-[0-9a-f]{16}\.png$/);
    assert.equal(meta(page, 'og:image:width'), '1200');
    assert.equal(meta(page, 'og:image:height'), '630');
    assert.equal(meta(page, 'og:image:alt'), 'Rates are held');
    assert.equal(meta(page, 'twitter:image'), meta(page, 'og:image'));
    for (let turn = 0; turn < 2; turn++) { // drawn, then kept
        const picture = await get(address, { headers: { 'accept-encoding': 'gzip, br' } });
        assert.equal(picture.status, 200);
        assert.equal(picture.headers['content-type'], 'image/png');
        assert.match(picture.headers['cache-control'], /immutable/);
        assert.equal(picture.headers['content-encoding'], undefined);
        assert.equal(picture.body.subarray(1, 4).toString(), 'PNG');
        assert.deepEqual([picture.body.readUInt32BE(16), picture.body.readUInt32BE(20)], [1200, 630]);
        const again = await get(address, { headers: { 'if-none-match': picture.headers.etag } });
        assert.equal(again.status, 304);
    }
});

test('an old address leads to the picture of today, and one of nothing nowhere', async () => {
    const path = publish('yields', 'Yields fall', 'slug: yields\n');
    const first = await share(path);
    assert.equal((await get(first)).status, 200);
    publish('yields', 'Yields fall again', 'slug: yields\n');
    const second = await share(path);
    assert.notEqual(first, second);
    const moved = await get(first);
    assert.equal(moved.status, 302);
    assert.equal(moved.headers.location, second);
    assert.equal((await get(second)).status, 200);
    for (const nothing of ['/share/999-0123456789abcdef.png', '/share/x', '/share/-.png', '/share/0-1.png'])
        assert.equal((await get(nothing)).status, 404, nothing);
    publication.run('story', 'withdraw', path, '--reason', 'Wrong.');
    assert.equal((await get(second)).status, 404);
});

test('many pictures asked for at once leave pages alone', async () => {
    const paths = Array.from({ length: 12 }, (_, i) => publish(`many-${i}`, `Many ${i}`, `slug: many-${i}\n`));
    const addresses = [];
    for (const path of paths) addresses.push(await share(path));
    const drawing = forAll(addresses, 12, async (address) => {
        const { status } = await get(address);
        assert.ok(status === 200 || status === 503, `${address}: ${status}`);
    });
    await forAll(Array.from({ length: 40 }, (_, i) => `/nothing-${i}/`), 4, async (path) =>
        assert.equal((await get(path)).status, 404));
    await drawing;
});

test('the logo stands on it in the place of the name, decoded apart from the drawing', async (t) => {
    const path = publish('marked', 'Marked', 'slug: marked\n');
    const plain = await share(path);
    const at = async (address) => pixelsOf((await get(address)).body);
    const logo = join(publication.data, 'logo.png');
    writeFileSync(logo, png(760, 152, { flat: [200, 30, 40] }));
    publication.run('publication', '--logo', logo);
    t.after(() => publication.run('publication', '--logo', ''));
    const marked = await share(path);
    assert.notEqual(marked, plain);
    const pixel = await at(marked);
    const red = ([r, g, b]) => Math.abs(r - 200) < 12 && Math.abs(g - 30) < 12 && Math.abs(b - 40) < 12;
    // 380 by 76 in the middle of the room above the rules, and white around it.
    for (const [x, y] of [[600, 66], [415, 32], [785, 32], [415, 100], [785, 100]]) assert.ok(red(pixel(x, y)), `${x},${y}: ${pixel(x, y)}`);
    for (const [x, y] of [[404, 66], [796, 66], [600, 24], [600, 110]]) assert.deepEqual(pixel(x, y), [255, 255, 255], `${x},${y}`);
    assert.deepEqual(pixel(600, 127), [0x15, 0x19, 0x1d]); // the rule
    // What stands where the logo's file was is never drawn, whatever it is; nor is anything in its place.
    const file = join(publication.data, /srcset="[^"]*\/(pictures\/[^" ]*-640\.webp)/.exec((await get('/')).body)[1]);
    for (const [i, bytes] of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'), Buffer.from('RIFF....WEBPVP8 '), null].entries()) {
        publish('marked', `Marked ${i}`, 'slug: marked\n');
        rmSync(file, { force: true });
        if (bytes) writeFileSync(file, bytes);
        const { status } = await get(await share(path));
        assert.equal(status, bytes ? 500 : 503);
        assert.equal((await get(path)).status, 200);
    }
    assert.match(site.errors, /page-failed.*share.*SVG drawing/);
    assert.match(site.errors, /page-failed.*share.*No such file/);
    publication.run('publication', '--logo', '');
    publish('marked', 'Marked', 'slug: marked\n');
    assert.equal(await share(path), plain);
});

test('icons and the manifest come from one drawing', async () => {
    const page = (await get('/')).body.toString();
    const icon = /rel="icon" href="([^"]*)"/.exec(page)[1];
    const touch = /rel="apple-touch-icon" href="([^"]*)"/.exec(page)[1];
    assert.equal(/rel="manifest" href="([^"]*)"/.exec(page)[1], '/manifest.webmanifest');
    const drawn = await get(icon);
    assert.equal(drawn.headers['content-type'], 'image/svg+xml');
    assert.match(drawn.headers['cache-control'], /immutable/);
    assert.match(drawn.body.toString(), />T<\/text>/); // of "The Test"
    assert.equal((await get(touch)).body.readUInt32BE(16), 180);
    const answer = await get('/manifest.webmanifest');
    assert.equal(answer.headers['content-type'], 'application/manifest+json');
    const manifest = JSON.parse(answer.body);
    assert.equal(manifest.name, 'The Test');
    assert.deepEqual(manifest.icons.map((one) => `${one.sizes} ${one.purpose}`),
        ['any any', '192x192 any', '192x192 maskable', '512x512 any', '512x512 maskable']);
    for (const { src, type, sizes } of manifest.icons.slice(1)) {
        const png = await get(src);
        assert.equal(png.status, 200);
        assert.equal(png.headers['content-type'], type);
        assert.equal(`${png.body.readUInt32BE(16)}x${png.body.readUInt32BE(20)}`, sizes);
    }
    const guessed = await get('/favicon.ico');
    assert.deepEqual([guessed.status, guessed.headers.location], [302, icon]);
    assert.equal((await get('/icon/0000000000000000.svg')).headers.location, icon);
    assert.equal((await get('/icon/17-0000000000000000.png')).status, 404);
});

test('without the picture helper no picture is named, and nothing breaks', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-alone-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const program = join(folder, 'broadsheet');
    copyFileSync(PROGRAM, program);
    execFileSync(program, ['--version']);
    const path = publish('alone', 'Alone', 'slug: alone\n');
    const address = await share(path);
    const bare = await serve(publication, '--cache', '0', { program });
    const reader = client(bare);
    try {
        const page = await reader.get(path);
        assert.equal(page.status, 200);
        assert.equal(meta(page.body, 'og:image'), undefined);
        assert.equal((await reader.get(address)).status, 404);
        assert.ok(!page.body.includes('apple-touch-icon'));
        assert.equal(JSON.parse((await reader.get('/manifest.webmanifest')).body).icons.length, 1);
    } finally {
        reader.close();
        await bare.stop();
    }
});
