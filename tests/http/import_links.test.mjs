// Every link of an imported publication leads somewhere: crawled whole, as a reader could.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { crawl } from '../lib/crawl.mjs';
import { FOLDER, GOOD, imported, isShown, itemsOf, readExport, siteOf } from '../lib/export.mjs';

const withoutEnd = (path) => (path.length > 1 ? path.replace(/\/$/, '') : path);

// The paths at which the old site showed what is in the export: a set of decoded paths without final slash.
function pathsOf(xml, site) {
    const paths = new Set(['/']);
    const items = itemsOf(xml), closed = new Set(items.filter((i) => ['post', 'page'].includes(i.type) && !isShown(i)).map((i) => i.id));
    for (const item of items) {
        const shown = isShown(item) || (item.type === 'attachment' && !closed.has(item.parent));
        if (!shown) continue;
        for (const link of [item.link, `${site}/?p=${item.id}`])
            if (link.startsWith(site)) paths.add(keyOf(new URL(link)));
    }
    return paths;
}

function keyOf(url) {
    const number = /^\?(?:p|page_id|attachment_id)=(\d+)$/.exec(url.search);
    if (number && url.pathname === '/') return `?p=${number[1]}`;
    try { return withoutEnd(decodeURIComponent(url.pathname)); } catch { return withoutEnd(url.pathname); }
}

for (const name of GOOD)
    test(`${name}: every link leads somewhere`, async (t) => {
        const path = join(FOLDER, name), xml = readExport(path), site = siteOf(xml), old = pathsOf(xml, site);
        await imported(path, async ({ publication, reader, server }) => {
            publication.run('publication', '--base-url', server.url);
            const { statuses, found, outward } = await crawl(reader, new URL(server.url), site);
            const dead = [...statuses].filter(([, status]) => status >= 400);
            const lost = dead.filter(([address]) => old.has(keyOf(new URL(address, site))));
            assert.deepEqual(lost.map(([address]) => `${address} from ${found.get(address)}`), [], 'what the old site had, this one has');
            // Nothing but a body links to what is not there: those links led nowhere in the export either.
            const broken = dead.filter(([, status]) => status >= 500);
            assert.deepEqual(broken, []);
            const kept = [...outward].filter(([href]) => old.has(keyOf(new URL(href))));
            assert.deepEqual(kept, [], 'links to what came in lead here');
            t.diagnostic(`${statuses.size} addresses; ${dead.length} are named by texts but not in the export; ${outward.size} lead to the old site, for the same reason`);
            for (const [address] of dead.slice(0, 5)) t.diagnostic(`  ${address} from ${found.get(address)}`);
            for (const [href, from] of [...outward].slice(0, 5)) t.diagnostic(`  ${href} from ${from}`);
        });
    });
