// axe-core's word on a page. SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { layOutAll } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What it finds on all of the page, one line a rule. The page must have been opened without its policy
// (bypassCSP), which keeps the tester out as it keeps out any other script.
export async function axeFaults(tab) {
    await layOutAll(tab);
    await tab.evaluate(AXE);
    const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

// The same, and whether the page scrolls sideways.
export async function faultsOf(tab) {
    const faults = await axeFaults(tab);
    const over = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    return over > 0 ? [...faults, `${over} pixels over the edge`] : faults;
}
