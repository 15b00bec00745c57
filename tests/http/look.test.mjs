// How a publication looks, by its settings alone: colour, faces, logo; each change in the same instant.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { client, plain } from '../lib/fetch.mjs';
import { about, png } from '../lib/picture.mjs';
import { createPublication, ENGINES, PROGRAM, serve } from '../lib/site.mjs';

const PAPERS = { light: ['#ffffff', '#f3f5f6'], dark: ['#111417', '#1a1f23'] };
const PATIENCE_MS = 20_000;

function luminance(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
}

const contrast = (one, other) => Math.max(luminance(one), luminance(other)) / Math.min(luminance(one), luminance(other));

async function site(t, engine = 'sqlite') {
    const publication = createPublication({ engine });
    const server = await serve(publication);
    const { get, close } = client(server);
    t.after(async () => { close(); await server.stop(); publication.remove(); });
    const set = (...words) => publication.run('publication', ...words);
    const page = async () => (await get('/')).body.toString();
    const address = async () => /rel="stylesheet" href="([^"]*)"/.exec(await page())[1];
    return { publication, server, get, set, page, address };
}

// The story at /news/a/.
function publishStory(publication) {
    publication.run('section', 'add', 'news', '--name', 'News');
    const file = join(publication.data, 'a.md');
    writeFileSync(file, '---\ntitle: A\nslug: a\nsection: news\n---\nText.\n');
    publication.run('story', 'publish', file);
}

// The publication's rules stand last: what counts of a property is its last value.
const last = (css, property) => [...css.matchAll(new RegExp(`${property}:\\s*([^;}]*)[;}]`, 'g'))].at(-1)[1];

for (const engine of ENGINES) {
    test(`the next page after a change of colour names a style sheet that holds it, on ${engine}`, async (t) => {
        const { get, set, address } = await site(t, engine);
        const plainAddress = await address();
        const seen = new Set([plainAddress]);
        for (const colour of ['#7a1f2b', '#ffdd00', '#FFFFFF', '#000000', '#00ff88']) {
            assert.match(set('--accent', colour), /^changed the publication; shown after/);
            const now = await address();
            assert.match(now, /^\/static\/style\.[0-9a-f]{16}\.css$/);
            assert.ok(!seen.has(now), `${colour} has an address of its own`);
            seen.add(now);
            const answer = await get(now);
            assert.equal(answer.status, 200);
            assert.equal(answer.headers['content-type'], 'text/css; charset=utf-8');
            assert.match(answer.headers['cache-control'], /immutable/);
            assert.equal(answer.headers.vary, 'Accept-Encoding');
            for (const property of ['--accent', '--accent-hover']) {
                const [, light, dark] = /light-dark\((#\w{6}),\s*(#\w{6})\)/.exec(last(answer.body.toString(), property));
                for (const paper of PAPERS.light) assert.ok(contrast(light, paper) >= 4.5, `${colour}: ${light} on ${paper}`);
                for (const paper of PAPERS.dark) assert.ok(contrast(dark, paper) >= 4.5, `${colour}: ${dark} on ${paper}`);
            }
            if (colour === '#7a1f2b') assert.match(last(answer.body.toString(), '--accent'), /#7a1f2b/);
        }
        // A page read before the change names an address of then; the theme's own is a file.
        for (const old of seen) {
            if (old === await address()) continue;
            const answer = await get(old);
            if (old === plainAddress) assert.equal(answer.status, 200);
            else assert.deepEqual([answer.status, answer.headers.location], [302, await address()]);
        }
        set('--accent', '');
        assert.equal(await address(), plainAddress);
    });
}

test('the style sheet stays one, and goes out compressed once it has been asked for', async (t) => {
    const { get, set, page, address } = await site(t);
    set('--accent', '#7a1f2b');
    assert.equal([...(await page()).matchAll(/rel="stylesheet"/g)].length, 1);
    const path = await address();
    const whole = (await get(path)).body;
    assert.match(whole.toString(), /^@font-face/);
    for (const coding of ['br', 'gzip']) {
        let answer;
        const late = Date.now() + PATIENCE_MS;
        do answer = await get(path, { headers: { 'accept-encoding': coding } });
        while (!answer.headers['content-encoding'] && Date.now() < late);
        assert.equal(answer.headers['content-encoding'], coding);
        assert.ok(answer.body.length < whole.length / 3);
        assert.ok(plain(answer).equals(whole));
    }
    assert.equal((await get(path, { method: 'HEAD' })).status, 200);
    const { etag } = (await get(path)).headers;
    assert.equal((await get(path, { headers: { 'if-none-match': etag } })).status, 304);
});

test('fonts are chosen by name, and only those that a page needs are asked for ahead', async (t) => {
    const { publication, get, set, page, address } = await site(t);
    publishStory(publication);
    assert.match(await page(), /preload" href="[^"]*newsreader/);
    set('--headline-font', 'georgia', '--text-font', 'public-sans', '--sans-font', 'system');
    assert.doesNotMatch(await page(), /rel="preload"/);
    const story = (await get('/news/a/')).body.toString();
    assert.doesNotMatch(story, /preload" href="[^"]*newsreader/);
    assert.match(story, /preload" href="[^"]*public-sans/);
    const css = (await get(await address())).body.toString();
    assert.match(last(css, '--headline'), /^Georgia/);
    assert.match(last(css, '--text'), /^"Public Sans"/);
    assert.match(last(css, '--sans'), /^system-ui/);
    set('--text-font', 'georgia');
    assert.doesNotMatch((await get('/news/a/')).body.toString(), /rel="preload"/);
    set('--headline-font', '', '--text-font', '', '--sans-font=');
    assert.match(await page(), /preload" href="[^"]*newsreader/);
});

test('icon, manifest and the drawn pictures are of the colour', async (t) => {
    const { publication, get, set, page } = await site(t);
    publishStory(publication);
    const shared = async () => /og:image" content="([^"]*)"/.exec((await get('/news/a/')).body)[1];
    const before = await shared();
    set('--accent', '#7a1f2b');
    const icon = /rel="icon" href="([^"]*)"/.exec(await page())[1];
    assert.match((await get(icon)).body.toString(), /fill="#7a1f2b"/);
    assert.equal(JSON.parse((await get('/manifest.webmanifest')).body).theme_color, '#7a1f2b');
    assert.notEqual(await shared(), before);
    // White letters stand on it.
    set('--accent', '#ffff00');
    const [, fill] = /fill="(#\w{6})"/.exec((await get(/rel="icon" href="([^"]*)"/.exec(await page())[1])).body);
    assert.ok(contrast(fill, '#ffffff') >= 4.5);
});

test('the headline font that was chosen is the one of icon and drawn pictures, for others the nearest of ours', async (t) => {
    const { publication, get, set, page } = await site(t);
    publishStory(publication);
    const seen = new Map();
    for (const [font, family] of [['', 'Newsreader'], ['newsreader', 'Newsreader'], ['georgia', 'Newsreader'], ['public-sans', 'Public Sans'], ['system', 'Public Sans']]) {
        set('--headline-font', font);
        const icon = /rel="icon" href="([^"]*)"/.exec(await page())[1];
        assert.match((await get(icon)).body.toString(), new RegExp(`font-family="'?${family}`), font);
        const share = /og:image" content="[^"]*(\/share\/[^"]*)"/.exec((await get('/news/a/')).body)[1];
        assert.equal((await get(share)).status, 200);
        seen.set(family, (seen.get(family) ?? new Set()).add(icon).add(share));
    }
    // The same drawing has the same address, whatever it was chosen by.
    for (const [family, addresses] of seen) assert.equal(addresses.size, 2, family);
    assert.ok([...seen.get('Newsreader')].every((one) => !seen.get('Public Sans').has(one)));
});

test('a logo stands for the name, in its own shape, and is taken back', async (t) => {
    const { publication, get, set, page } = await site(t);
    const light = join(publication.data, 'light.png');
    const dark = join(publication.data, 'dark.png');
    writeFileSync(light, png(600, 100, { alpha: true }));
    writeFileSync(dark, png(600, 100, { seed: 1, alpha: true }));
    set('--name', 'Ledger & Sons', '--logo', light, '--logo-dark', dark);
    const logos = [...(await page()).matchAll(/<img class="logo (light|dark)" src="([^"]*)"[^>]*>/g)];
    assert.deepEqual(logos.map((one) => one[1]), ['light', 'dark', 'light', 'dark']); // masthead, footer
    for (const [tag, , path] of logos) {
        assert.match(tag, / alt="Ledger &amp; Sons" width="600" height="100"/);
        assert.match(tag, / srcset="[^"]*\.webp \d+w"/);
        assert.match(tag, / sizes="672px"/);
        assert.equal((await get(path)).status, 200);
        for (const [, one] of tag.matchAll(/(\/pictures\/\S*) \d+w/g)) assert.equal((await get(one)).status, 200);
    }
    assert.notEqual(logos[0][2], logos[1][2]);
    assert.match(set(), /^logo +\/pictures\/.*\nlogo-dark +\/pictures\//m);
    set('--logo-dark', '');
    assert.equal([...(await page()).matchAll(/<img class="logo/g)].length, 2);
    set('--logo', '');
    assert.doesNotMatch(await page(), /class="logo/);
    assert.match(await page(), /<p class="brand"><a href="\/">\s*Ledger &amp; Sons/);
});

for (const engine of ENGINES) {
    test(`one icon is that of tabs, home screens and the manifest, on ${engine}`, async (t) => {
        const { publication, get, set, page } = await site(t, engine);
        const head = async (pattern) => pattern.exec(await page())?.[1];
        const drawn = await head(/rel="icon" href="([^"]*)" type="image\/svg\+xml"/);
        const file = join(publication.data, 'icon.png');
        writeFileSync(file, png(600, 600, { alpha: true }));
        assert.match(set('--icon', file), /^changed the publication; shown after/);
        const icon = await head(/rel="icon" href="(\/pictures\/[^"]*)" type="image\/png"/);
        const touch = await head(/rel="apple-touch-icon" href="(\/pictures\/[^"]*)"/);
        const manifest = JSON.parse((await get('/manifest.webmanifest')).body);
        assert.deepEqual(manifest.icons.map(({ sizes, purpose, type }) => `${sizes} ${purpose} ${type}`),
            ['192x192 any image/png', '512x512 any image/png', '512x512 maskable image/png']);
        for (const [path, side, opaque] of [[icon, 96], [touch, 180, true], ...manifest.icons.map(({ src, sizes, purpose }) =>
            [src, Number(sizes.split('x')[0]), purpose === 'maskable'])]) {
            const { status, headers, body } = await get(path);
            assert.equal(status, 200, path);
            assert.equal(headers['content-type'], 'image/png');
            assert.match(headers['cache-control'], /immutable/);
            assert.deepEqual(about(body), { type: 'png', width: side, height: side });
            assert.equal(body[25], opaque ? 2 : 6, `${path}: opaque or not`); // colour type: RGB, RGBA
        }
        // Addresses of the drawing, and the guessed one, lead to it.
        for (const old of [drawn, '/favicon.ico', '/icon/0000000000000000.svg'])
            assert.deepEqual([(await get(old)).status, (await get(old)).headers.location], [302, icon], old);
        assert.match(set(), /^icon +\/pictures\/.*-96\.png$/m);
        assert.equal(set('--icon', file), set()); // nothing new
        // The same file as a logo, or in a story, is a picture of its own.
        set('--logo', file);
        assert.match(await page(), /class="logo light" src="[^"]*-600\.png"/);
        set('--icon', '', '--logo', '');
        assert.equal(await head(/rel="icon" href="([^"]*)"/), drawn);
        assert.equal((await get(drawn)).status, 200);
    });
}

test('what cannot be an icon is refused with a sentence, and leaves no file behind', async (t) => {
    const { publication, set } = await site(t);
    const file = (name, bytes) => { writeFileSync(join(publication.data, name), bytes); return join(publication.data, name); };
    const before = set();
    const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==', 'base64');
    for (const [path, said] of [
        [file('wide.png', png(700, 600)), /wide\.png: is 700 x 600 pixels; an icon has to be square/],
        [file('small.png', png(511, 511)), /small\.png: is 511 x 511 pixels; an icon has to have 512 a side, or more/],
        [file('photo.jpg', jpeg), /photo\.jpg: is a picture of type image\/jpeg; an icon has to be PNG or WebP/],
        [file('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'), /a\.svg: is an SVG drawing/],
        [file('half.png', png(600, 600).subarray(0, 5000)), /half\.png: is broken or ends early/],
        [join(publication.data, 'none.png'), /none\.png/],
    ]) {
        const { status, stderr } = spawnSync(PROGRAM, ['publication', '--icon', path, '--data', publication.data], { encoding: 'utf8' });
        assert.equal(status, 1, path);
        assert.match(stderr, said);
        assert.equal(stderr.trim().split('\n').length, 1);
    }
    assert.equal(set(), before);
    assert.deepEqual(readdirSync(join(publication.data, 'pictures')), []);
});

test('what is no colour, font or logo is refused with a sentence, and nothing changes', async (t) => {
    const { publication, set, page } = await site(t);
    const file = (name, bytes) => { writeFileSync(join(publication.data, name), bytes); return join(publication.data, name); };
    const before = set();
    for (const [words, said] of [
        [['--accent', 'red'], /the accent "red" is no colour like '#7a1f2b'/],
        [['--accent', '#12345'], /no colour/],
        [['--headline-font', 'Arial'], /headline font is one of: newsreader public-sans georgia system; not "Arial"/],
        [['--text-font', 'newsreader'], /text font is one of/],
        [['--logo', file('wide.png', png(1300, 100))], /the logo is 1300 by 100; it may be 12 times as wide/],
        [['--logo', file('text.png', 'no picture')], /text\.png/],
        [['--logo', join(publication.data, 'none.png')], /none\.png/],
        [['--logo-dark', file('dark.png', png(300, 100))], /give both/],
        [['--logo', file('a.gif', Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'))], /PNG or WebP/],
    ]) {
        const { status, stderr } = spawnSync(PROGRAM, ['publication', ...words, '--data', publication.data], { encoding: 'utf8' });
        assert.equal(status, 1, words.join(' '));
        assert.match(stderr, said);
        assert.equal(stderr.trim().split('\n').length, 1);
    }
    assert.equal(set(), before);
    assert.doesNotMatch(await page(), /class="logo/);
});

test('an archive brings the look along', async (t) => {
    const { publication, set, address } = await site(t);
    const [logo, icon] = ['logo.png', 'icon.png'].map((name) => join(publication.data, name));
    writeFileSync(logo, png(300, 100));
    writeFileSync(icon, png(512, 512));
    set('--accent', '#7a1f2b', '--headline-font', 'georgia', '--logo', logo, '--icon', icon);
    const file = join(publication.data, 'a.tar');
    publication.run('export', 'archive', file);
    const copy = createPublication({ bare: true });
    execFileSync(PROGRAM, ['import', 'archive', file, '--data', copy.data]);
    assert.equal(copy.run('publication'), set());
    const server = await serve(copy);
    const { get, close } = client(server);
    t.after(async () => { close(); await server.stop(); copy.remove(); });
    assert.equal((await get(await address())).status, 200);
    const { icons } = JSON.parse((await get('/manifest.webmanifest')).body);
    assert.equal(icons.length, 3);
    for (const { src } of icons) assert.equal(about((await get(src)).body).type, 'png');
});
