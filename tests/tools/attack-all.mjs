// Every hostile text of the corpora in every field, in Chromium: see tools/attack-all.
// SPDX-License-Identifier: Apache-2.0
import { attack } from '../lib/attack.mjs';
import { launchBrowser } from '../lib/browser.mjs';
import { attackImport } from '../lib/import_attack.mjs';
import { payloads } from '../lib/payloads.mjs';

const AT_ONCE = 300; // texts to a publication
const [part, parts] = (process.argv[2] ?? '1/1').split('/').map(Number);
const strike = process.argv[3] === 'import' ? attackImport : attack;
const { own, corpora } = payloads();
const all = [...own, ...corpora];
const mine = all.slice(Math.floor(all.length * (part - 1) / parts), Math.floor(all.length * part / parts));
const browser = await launchBrowser();
const began = Date.now();
let pages = 0, faults = 0;

for (let at = 0; at < mine.length; at += AT_ONCE) {
    const found = await strike(browser, mine.slice(at, at + AT_ONCE), { together: 2 });
    pages += found.pages;
    faults += found.faults.length;
    for (const fault of found.faults) console.log(fault);
    console.log(`${Math.min(mine.length, at + AT_ONCE)} of ${mine.length} texts, ${pages} pages, ${faults} faults, ${Math.round((Date.now() - began) / 1000)} s`);
}
await browser.close();
console.log(`${mine.length} texts, ${pages} pages, ${faults} faults, ${Math.round((Date.now() - began) / 1000)} s`);
process.exit(faults ? 1 : 0);
