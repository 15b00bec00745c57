// A live story on its way: key points, posts with addresses that stay, what machines are told, its place in lists.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { client } from '../lib/fetch.mjs';
import { createPublication, ENGINES, serve } from '../lib/site.mjs';

const HOUR = 3_600_000;
const stamp = (hours) => new Date(Date.now() - hours * HOUR).toISOString().slice(0, 19);

for (const engine of ENGINES)
    test(`posts come to a live story, and those before them keep their addresses (${engine})`, async () => {
        const publication = createPublication({ engine, init: ['--base-url', 'https://news.example', '--zone', 'UTC'] });
        const files = mkdtempSync(join(tmpdir(), 'broadsheet-'));
        const file = join(files, 'live.md');
        const publish = (updated, ...posts) => {
            writeFileSync(file, `---\ntitle: The hearing\nslug: hearing\nkind: live\ndate: ${stamp(30)}Z\nupdated: ${updated}Z\n---\n\n- One point\n- Another\n\nIt begins.\n\n${posts.join('\n\n')}\n`);
            publication.run('story', 'publish', file, '--section', 'news');
        };
        let close, site;
        try {
            publication.run('section', 'add', 'news', '--name', 'News');
            const first = '## 10:15 Who is *here*\n\nFive people.\n\n> Words.', second = '## 10:48\n\nA difference.', third = '## 10:48 The same minute\n\nMore.';
            publish(stamp(29), second, first);
            site = await serve(publication);
            const { get, ...rest } = client(site);
            close = rest.close;
            const page = async (path) => (await get(path)).body.toString();

            const before = await page('/news/hearing/');
            assert.match(before, /<h2 id="key-points">Key points<\/h2>\s*<div class="body">\s*<ul><li>One point<\/li><li>Another<\/li><\/ul>/);
            assert.match(before, /<span class="kind">As it happened<\/span> <span class="changed">Updated/, 'what was changed a day ago is not live');
            const anchors = (text) => [...text.matchAll(/<article class="post" id="([^"]*)">\n<h2><a href="#([^"]*)"><time datetime="[^"]*T(\d\d:\d\d)/g)].map(([, id, href, time]) => { assert.equal(id, href); return [id, time]; });
            const old = anchors(before);
            assert.deepEqual(old.map(([, time]) => time), ['10:48', '10:15']);
            assert.match(before, /<\/time><\/a> Who is <em>here<\/em><\/h2>/);

            publish(stamp(0), third, second, first);
            const after = await page('/news/hearing/');
            assert.deepEqual(anchors(after).slice(1), old, 'addresses stay');
            assert.notEqual(anchors(after)[0][0], old[0][0]);
            assert.match(after, /<span class="live">Live<\/span> <span class="changed">Updated/);
            for (const list of ['/', '/news/']) {
                assert.match(await page(list), /<span class="live">Live<\/span>/, list);
                assert.match(await page(list), /<span class="changed">Updated <time datetime/, list);
            }

            const [told] = [...after.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) => JSON.parse(json));
            assert.equal(told['@type'], 'LiveBlogPosting');
            assert.equal(told.coverageEndTime, undefined);
            assert.deepEqual(told.liveBlogUpdate.map((post) => post.headline), ['The same minute', 'A difference.', 'Who is here']);
            assert.equal(told.liveBlogUpdate[2].articleBody, 'Five people. Words.');
            assert.equal(told.liveBlogUpdate[2].url, `https://news.example/news/hearing/#${old[1][0]}`);
        } finally {
            close?.();
            try { await site?.stop(); } finally { publication.remove(); rmSync(files, { recursive: true, force: true }); }
        }
    });
