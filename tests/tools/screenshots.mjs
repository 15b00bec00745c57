// Pictures of every kind of page of the demo: see tools/screenshots.
// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, layOutAll } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const [browser, demo] = await Promise.all([launchBrowser(), openDemo()]);
let count = 0;

// In the page: all of them, also those that wait below the screen until they come near.
function loadPictures() {
    return Promise.all([...document.images].map((picture) => {
        picture.loading = 'eager';
        return picture.decode().catch(() => {}); // one that is broken is seen as one
    }));
}

try {
    for (const colorScheme of ['light', 'dark'])
        for (const width of [360, 768, 1440]) {
            const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
            const tab = await context.newPage();
            for (const { kind, path } of demo.pages) {
                // The notice covers what is behind it: it is on the front alone.
                if (kind === 'front') await context.clearCookies();
                else await context.addCookies([{ name: 'prefs', value: '1s10', url: demo.server.url }]);
                await tab.goto(demo.server.url + path);
                await layOutAll(tab);
                await tab.evaluate(loadPictures);
                await tab.screenshot({ path: join(folder, `${kind}-${width}-${colorScheme}.png`), fullPage: true });
                count++;
            }
            await context.close();
        }
    console.log(`${count} pictures in ${folder}`);
} finally {
    await browser.close();
    await demo.server.stop();
    demo.remove();
}
