// Pictures of other sites: links, until a reader wants them shown, who can take that back.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../lib/browser.mjs';
import { png } from '../lib/picture.mjs';
import { createPublication, serve } from '../lib/site.mjs';

const THERE = 'https://pictures.example/ship.png', GONE = 'https://pictures.example/gone.png';

let browser, publication, server;
before(async () => {
    browser = await launchBrowser();
    publication = createPublication({ init: ['--base-url', 'http://127.0.0.1:8080'] });
    publication.run('section', 'add', 'markets', '--name', 'Markets');
    const publish = (slug, body) => {
        const file = join(publication.data, `${slug}.html`);
        writeFileSync(file, `---\ntitle: ${slug}\nsection: markets\nslug: ${slug}\n---\n${body}`);
        publication.run('story', 'publish', file);
    };
    publish('ships', `<p>Words.</p><img src="${THERE}" alt="A ship: at the quay" width="640" height="480"><p>More.</p><img src="${GONE}" alt="Gone"><p>End.</p>`);
    publish('words', '<p>Words alone.</p>');
    server = await serve(publication);
});
after(async () => {
    await browser?.close();
    try { await server?.stop(); } finally { publication?.remove(); }
});

// A tab, and what it asked other hosts for.
async function reader(options, use) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
    try {
        const tab = await context.newPage(), asked = [];
        await context.route('https://pictures.example/**', (route) => {
            asked.push(route.request());
            return route.request().url() === THERE ? route.fulfill({ contentType: 'image/png', body: png(64, 48) }) : route.fulfill({ status: 404 });
        });
        await use(tab, asked, (path) => tab.goto(server.url + path));
    } finally {
        await context.close();
    }
}

test('they load when the reader wants them, and no longer when not', () => reader({}, async (tab, asked, go) => {
    const policy = async (answer) => (await answer.allHeaders())['content-security-policy'];
    assert.match(await policy(await go('/markets/ships/')), /img-src 'self' data:;/);
    assert.equal(await tab.locator('.elsewhere img').count(), 0);
    await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: 'Show pictures of other sites' }).click()]);
    const picture = tab.locator('.elsewhere img').first();
    await picture.scrollIntoViewIfNeeded();
    await tab.waitForFunction(() => document.querySelector('.elsewhere img')?.naturalWidth === 64);
    assert.equal(await picture.getAttribute('alt'), 'A ship: at the quay');
    const { width, height } = await picture.boundingBox();
    assert.ok(Math.abs(width / height - 640 / 480) < 0.02 && width <= 340, `${width} by ${height}`);
    const headers = await asked[0].allHeaders();
    assert.equal(headers.referer, undefined, 'the other site is not told which page it was');
    // What cannot be had is a link again.
    await tab.locator('.picture-link').last().scrollIntoViewIfNeeded();
    await tab.waitForFunction(() => [...document.querySelectorAll('.picture-link')].at(-1).textContent === 'Picture at pictures.example: Gone');
    const again = await go('/markets/ships/');
    assert.match(await policy(again), /img-src 'self' data: https: http:;/);
    await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: 'Hide pictures of other sites' }).click()]);
    const before = asked.length; // until then it may ask, as they come near
    assert.equal(await tab.locator('.elsewhere img').count(), 0);
    assert.match(await policy(await go('/markets/ships/')), /img-src 'self' data:;/);
    await tab.evaluate(() => scrollTo(0, 9999));
    assert.equal(asked.length, before);
}));

test('nobody is asked where there are none, nor without script', async () => {
    await reader({}, async (tab, asked, go) => {
        await go('/markets/words/');
        assert.equal(await tab.locator('.pictures-elsewhere').count(), 0);
    });
    await reader({ javaScriptEnabled: false }, async (tab, asked, go) => {
        await go('/markets/ships/');
        assert.equal(await tab.locator('.pictures-elsewhere').isVisible(), false);
        assert.equal(await tab.locator('.picture-link').first().getAttribute('href'), THERE);
        assert.equal(asked.length, 0);
    });
});
