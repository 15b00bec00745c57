// Every theme of themes/: one page of every kind in Chromium, accessible in light and dark, nothing
// over the edge. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { faultsOf } from '../lib/axe.mjs';
import { launchBrowser } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const THEMES = new URL('../../themes/', import.meta.url).pathname;

for (const theme of readdirSync(THEMES)) {
    test(`the theme ${theme} is accessible and whole, light and dark, narrow and wide`, async () => {
        const [browser, demo] = await Promise.all([launchBrowser(), openDemo('--assets', THEMES + theme)]);
        const faults = [];
        try {
            for (const colorScheme of ['light', 'dark']) {
                for (const width of [360, 768, 1440]) {
                    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
                    const tab = await context.newPage();
                    for (const { path, status } of demo.pages) {
                        assert.equal((await tab.goto(demo.server.url + path)).status(), status, path);
                        faults.push(...(await faultsOf(tab)).map((one) => `${path} ${colorScheme} ${width}: ${one}`));
                    }
                    await context.close();
                }
            }
        } finally {
            await browser.close();
            try { await demo.server.stop(); } finally { demo.remove(); }
        }
        assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 30).join('\n')}`);
    });
}
