// What a story looks like in lists: how long its film is, and the language of its headline. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { client } from '../lib/fetch.mjs';
import { png } from '../lib/picture.mjs';
import { createPublication, ENGINES, serve } from '../lib/site.mjs';

const LENGTH = (text) => `<p class="length" aria-hidden="true">${text}</p>`;

for (const engine of ENGINES)
    test(`lists show how long a film is and what language a headline is in, also once that changes (${engine})`, async () => {
        const publication = createPublication({ engine, init: ['--base-url', 'https://news.example'] });
        const files = mkdtempSync(join(tmpdir(), 'broadsheet-'));
        const publish = (name, head, text = 'Words.') => {
            writeFileSync(join(files, name), `---\n${head}\n---\n\n${text}\n`);
            publication.run('story', 'publish', join(files, name), '--section', 'news');
        };
        let close, site;
        try {
            writeFileSync(join(files, 'still.png'), png(640, 360));
            publication.run('section', 'add', 'news', '--name', 'News');
            site = await serve(publication);
            const { get, ...rest } = client(site);
            close = rest.close;
            const page = async (path) => (await get(path)).body.toString();

            const film = (length) => publish('film.md', `title: A film\nslug: film\ndate: 2026-01-02 10:00\nkind: video\nvideo_url: https://www.youtube.com/watch?v=abc\nvideo_length: "${length}"\npicture: still.png\npicture_alt: A still`);
            film('4:12');
            publish('bare.md', 'title: A film without a still\ndate: 2026-01-02 09:00\nkind: video\nvideo_url: https://www.youtube.com/watch?v=abd\nvideo_length: "1:02:30"');
            for (const path of ['/', '/news/', '/videos/', '/latest/']) {
                const list = await page(path);
                assert.ok(list.includes(LENGTH('4:12')), `${path}: the length on the still`);
                assert.match(list, /<span><span class="hidden">Length: <\/span>1:02:30<\/span>/, `${path}: the length of a film without a still`);
            }
            film('5:01');
            for (const path of ['/', '/news/', '/videos/']) {
                const list = await page(path);
                assert.ok(list.includes(LENGTH('5:01')) && !list.includes('4:12'), `${path}: the new length`);
            }

            const foreign = (language) => publish('foreign.md', `title: ما الذي يصل\nslug: foreign\ndate: 2026-01-02 11:00\n${language}standfirst: نصف الحكاية`);
            foreign('');
            assert.doesNotMatch(await page('/news/'), /lang="ar"/);
            foreign('language: ar\n');
            for (const path of ['/', '/news/', '/latest/'])
                assert.match(await page(path), /<h3 lang="ar" dir="rtl"><a href="\/news\/foreign\/">/, `${path}: the headline's language`);
            assert.match(await page('/news/'), /<p class="trail" lang="ar" dir="rtl">/);
            assert.match(await page('/news/film/'), /<span lang="ar" dir="rtl">ما الذي يصل<\/span><\/a>/, 'the way to the next story');
            assert.match(await page('/news/foreign/'), /<span aria-current="page" lang="ar" dir="rtl">/, 'the last step of the breadcrumb');
        } finally {
            close?.();
            try { await site?.stop(); } finally { publication.remove(); rmSync(files, { recursive: true, force: true }); }
        }
    });

test('a publication written to the left says so of the whole page', async () => {
    const publication = createPublication({ init: ['--language', 'ar'] });
    const site = await serve(publication);
    const { get, close } = client(site);
    try {
        assert.match((await get('/')).body.toString(), /<html lang="ar" dir="rtl">/);
    } finally {
        close();
        try { await site.stop(); } finally { publication.remove(); }
    }
});
