// What Lighthouse says of the demo's front, section and story, on a phone and on a desktop: see
// tools/lighthouse. SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { openDemo } from '../lib/demo.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const KINDS = ['front', 'section', 'story'];
const RUNS = 5;
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const demo = await openDemo();
const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', ...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--no-first-run', '--no-proxy-server'],
});
// As readers get it: the first one after a change is answered before the page is compressed.
async function keep(url) {
    for (let i = 0; i < 3; i++) {
        await (await fetch(url, { headers: { 'accept-encoding': 'br' } })).text();
        await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
}

// One run in the middle of five: what a run finds of performance varies with all else the machine does
// (https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md).
async function middle(url, device) {
    const options = { port: chrome.port, output: 'html', logLevel: 'error', onlyCategories: CATEGORIES };
    const runs = [];
    while (runs.length < RUNS) runs.push(await lighthouse(url, options, device === 'desktop' ? desktopConfig : undefined));
    const score = (run) => run.lhr.categories.performance.score;
    return runs.sort((one, other) => score(one) - score(other))[Math.floor(RUNS / 2)];
}

let short = 0;
try {
    for (const device of ['phone', 'desktop'])
        for (const { kind, path } of demo.pages.filter((page) => KINDS.includes(page.kind))) {
            await keep(demo.server.url + path);
            const found = await middle(demo.server.url + path, device);
            const { categories, audits } = found.lhr;
            writeFileSync(join(folder, `${kind}-${device}.html`), found.report);
            const scores = CATEGORIES.map((name) => Math.round(categories[name].score * 100));
            console.log(`${device.padEnd(8)} ${kind.padEnd(8)} ${CATEGORIES.map((name, i) => `${name} ${scores[i]}`).join('  ')}`);
            for (const name of CATEGORIES)
                for (const ref of categories[name].auditRefs)
                    if (ref.weight && audits[ref.id].score !== null && audits[ref.id].score < 1)
                        console.log(`         ${name}: ${audits[ref.id].title} (${audits[ref.id].displayValue ?? Math.round(audits[ref.id].score * 100)})`);
            short += scores.filter((score) => score < 100).length;
        }
} finally {
    chrome.kill();
    await demo.server.stop();
    demo.remove();
}
console.log(short ? `${short} scores below 100; the reports are in ${folder}` : `all scores are 100; the reports are in ${folder}`);
process.exit(short ? 1 : 0);
