// What a reader's browser fetches for a page, as it comes over the wire.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const STORY_MOST = 60_000; // without pictures
const FRONT_MOST = 120_000; // with the pictures of its first screen
const SCRIPT_MOST = 15_000; // as written, before compression

let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launchBrowser(), openDemo()]); });
after(async () => {
    await browser?.close();
    try { await demo?.server.stop(); } finally { demo?.remove(); }
});

// The first who asks for a page gets it as it is; those after him get it compressed.
async function compressed(path) {
    for (const until = Date.now() + 60_000; Date.now() < until;) {
        const answer = await fetch(demo.server.url + path, { headers: { 'accept-encoding': 'gzip' } });
        await answer.arrayBuffer();
        if (answer.headers.get('content-encoding') === 'gzip') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(`${path} is not compressed after a minute`);
}

// Opens a page as a first-time reader with a phone: [{url, type, bytes, size}], bytes as sent.
async function fetched(path) {
    await compressed(path);
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    const tab = await context.newPage();
    const network = await context.newCDPSession(tab);
    const parts = new Map();
    await network.send('Network.enable');
    network.on('Network.responseReceived', ({ requestId, type, response }) => parts.set(requestId, { url: response.url, type, bytes: 0, size: 0 }));
    network.on('Network.dataReceived', ({ requestId, dataLength }) => { parts.get(requestId).size += dataLength; });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (parts.has(requestId)) parts.get(requestId).bytes = encodedDataLength; });
    await tab.goto(demo.server.url + path, { waitUntil: 'networkidle' });
    const blocking = await tab.locator('head script[src]:not([defer]):not([async]):not([type="module"])').count();
    await context.close();
    return { parts: [...parts.values()], blocking };
}

const kindOf = (kind) => demo.pages.find((page) => page.kind === kind).path;
const sum = (parts, unit = 'bytes') => parts.reduce((all, part) => all + part[unit], 0);
const told = (parts) => parts.map((part) => `${part.bytes} ${part.type} ${new URL(part.url).pathname}`).join('\n');

for (const kind of ['story', 'video', 'corrected', 'live', 'feature'])
    test(`a story (${kind}) comes in under ${STORY_MOST / 1000} kB without its pictures`, async () => {
        const { parts } = await fetched(kindOf(kind));
        const words = parts.filter((part) => part.type !== 'Image');
        assert.ok(words.some((part) => part.type === 'Font'), 'the fonts were not counted');
        assert.ok(sum(words) < STORY_MOST, `${sum(words)} bytes\n${told(words)}`);
    });

test('the front comes in under 120 kB with the pictures of its first screen', async () => {
    const { parts } = await fetched('/');
    assert.ok(sum(parts) < FRONT_MOST, `${sum(parts)} bytes\n${told(parts)}`);
});

test('one style sheet, little script, and none that a reader waits for', async () => {
    for (const { path } of demo.pages) {
        const { parts, blocking } = await fetched(path);
        const scripts = parts.filter((part) => part.type === 'Script');
        assert.equal(parts.filter((part) => part.type === 'Stylesheet').length, 1, `${path}: style sheets\n${told(parts)}`);
        assert.equal(blocking, 0, `${path}: scripts that block`);
        assert.ok(sum(scripts, 'size') < SCRIPT_MOST, `${path}: ${sum(scripts, 'size')} bytes of script`);
    }
});
