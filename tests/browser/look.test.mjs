// A publication's own colour and logo in Chromium: readable in light and dark, and nothing moves for them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchBrowser } from '../lib/browser.mjs';
import { png } from '../lib/picture.mjs';
import { createPublication, serve } from '../lib/site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function faultsOf(tab) {
    await tab.evaluate(AXE);
    return tab.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
        const over = document.scrollingElement.scrollWidth - innerWidth;
        return [...violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`),
            ...(over > 0 ? [`${over} pixels over the edge`] : [])];
    });
}

// The masthead's logos: which is seen, how large, and in what shape.
const logos = (tab) => tab.evaluate(() => [...document.querySelectorAll('.masthead .logo')].map((logo) => {
    const { width, height } = logo.getBoundingClientRect();
    return { name: logo.className, seen: logo.checkVisibility(), width, height };
}));

test('a yellow accent and a logo: accessible, in light and dark, the logo in its shape before it is there', async (t) => {
    const publication = createPublication();
    const light = join(publication.data, 'light.png');
    const dark = join(publication.data, 'dark.png');
    writeFileSync(light, png(600, 100));
    writeFileSync(dark, png(600, 100, { seed: 1 }));
    publication.run('publication', '--accent', '#ffdd00', '--headline-font', 'georgia', '--logo', light, '--logo-dark', dark);
    publication.run('section', 'add', 'news', '--name', 'News');
    const file = join(publication.data, 'a.md');
    writeFileSync(file, '---\ntitle: A headline\nslug: a\nsection: news\n---\nText with [a link](https://example.com/).\n');
    publication.run('story', 'publish', file);
    const [browser, server] = await Promise.all([launchBrowser(), serve(publication)]);
    t.after(async () => { await browser.close(); await server.stop(); publication.remove(); });
    for (const colorScheme of ['light', 'dark']) {
        for (const width of [360, 1440]) {
            const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
            const tab = await context.newPage();
            for (const path of ['/', '/news/a/']) {
                await tab.goto(server.url + path, { waitUntil: 'load' });
                assert.deepEqual(await faultsOf(tab), [], `${path} ${colorScheme} ${width}`);
                const all = await logos(tab);
                assert.deepEqual(all.filter((one) => one.seen).map((one) => one.name), [`logo ${colorScheme}`]);
            }
            // Without its file it takes the same room.
            const [arrived] = (await logos(tab)).filter((one) => one.seen);
            await tab.route('**/pictures/**', (route) => route.abort());
            await tab.reload();
            const [missing] = (await logos(tab)).filter((one) => one.seen);
            assert.deepEqual(missing, arrived);
            assert.ok(arrived.height >= 24 && Math.abs(arrived.width / arrived.height - 6) < 0.1, JSON.stringify(arrived));
            await context.close();
        }
    }
});
