// Real WordPress exports, imported and read at their old addresses as a reader would.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BAD, FOLDER, GOOD, export_, imported, isShown, item, itemsOf, readExport, said, siteOf, skip, withFiles } from '../lib/export.mjs';
import { client } from '../lib/fetch.mjs';
import { ENGINES, PROGRAM, createPublication, serve } from '../lib/site.mjs';
import { textOf, wordsOf, shared } from '../lib/words.mjs';

const WORDS_LEAST = 0.98;
// Shortcodes and remarks that show what was not turned into markup.
const RAW = /\[\/(?:caption|gallery|embed|audio|video|playlist|wp_caption|youtube|vimeo)\]|\[(?:caption|gallery|embed|audio|video|playlist|wp_caption|youtube|vimeo)[ =][^\]]*\]|\[gallery\]|<!--\s*\/?wp:|&lt;!--\s*\/?wp:/;

// What is to be read of a body: shortcodes and blocks are no words, nor are addresses that show as players.
function wordsToFind(content) {
    const bare = content
        .replace(/\[(?:gallery|audio|video|playlist|embed)[^\]]*\](?:[^[]*\[\/(?:embed|audio|video)\])?/g, ' ')
        .replace(/\[(?:wp_)?caption[^\]]*?caption="([^"]*)"[^\]]*\]/g, ' $1 ')
        .replace(/\[\/?[a-z_-]+(?:[ =][^\]]*)?\]/g, ' ')
        .replace(/^\s*https?:\/\/\S+\s*$/gm, ' ');
    return wordsOf(textOf(bare));
}

const mainOf = (html) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;

async function checkItem(page, item, site) {
    const url = item.link.startsWith(site) && !item.link.includes('?') && item.link.length > site.length + 1
        ? item.link.slice(new URL(site).origin.length) : `/?p=${item.id}`;
    const answer = await page(url);
    assert.equal(answer.status, 200, `${url} (${item.title})`);
    const html = mainOf(answer.body.toString());
    const there = wordsOf(textOf(html));
    const title = wordsOf(textOf(item.title.replace(/<\/?[a-z][^>]*>/gi, '')));
    assert.equal(shared(title, there), 1, `the title of ${url}: ${item.title}`);
    const words = wordsToFind(item.content);
    const share = shared(words, there);
    assert.ok(share >= WORDS_LEAST || words.length * (1 - share) < 2, `${url} has ${(share * 100).toFixed(1)} % of its words`);
    const withoutCode = html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, '');
    assert.equal(RAW.exec(withoutCode)?.[0], undefined, url);
    return html;
}

for (const name of GOOD)
    test(`${name}: what was published stands at its old address, whole, and nothing else shows`, async () => {
        const path = join(FOLDER, name), xml = readExport(path);
        const items = itemsOf(xml), site = siteOf(xml);
        await imported(path, async ({ page, report }) => {
            const shown = items.filter(isShown);
            assert.equal(report.came_in.stories.created + report.came_in.pages.created,
                items.filter((item) => ['post', 'page'].includes(item.type)).length);
            for (const item of shown) await checkItem(page, item, site);
            for (const item of items.filter((i) => ['post', 'page'].includes(i.type) && !isShown(i))) {
                if (item.link.startsWith(site)) {
                    const answer = await page(item.link.slice(new URL(site).origin.length));
                    assert.equal(answer.status, 404, item.link);
                }
            }
            const closed = items.filter((i) => ['post', 'page'].includes(i.type) && !isShown(i) && i.title);
            for (const list of ['/', '/latest/', '/feed.xml', '/sitemap.xml', '/sitemap/pages.xml']) {
                const answer = await page(list);
                assert.equal(answer.status, 200, list);
                for (const item of closed)
                    assert.ok(!answer.body.toString().includes(`>${item.title}<`), `${item.title} shows on ${list}`);
            }
        });
    });

// The comments of a page as they are shown: who said it, what, and whom it stands below.
function threadOf(html) {
    const found = [], above = [];
    for (const [all, name, text] of html.matchAll(/<ol>|<\/ol>|<div class="comment" id="comment-\d+">\n<p class="comment-head"><b>(.*?)<\/b>[^]*?<div class="comment-text">([^]*?)<\/div>\n<\/div>\n/g)) {
        if (all === '<ol>') above.push(undefined);
        else if (all === '</ol>') above.pop();
        else {
            above[above.length - 1] = found.length;
            found.push({ author: textOf(name), words: wordsOf(textOf(text)), below: above.at(-2) });
        }
    }
    return found;
}

test('approved comments show in their threads, on stories and on pages, others do not', { skip }, async () => {
    const path = join(FOLDER, 'themeunittestdata.wordpress.xml');
    const items = itemsOf(readExport(path)).filter((i) => isShown(i) && i.comments.length);
    assert.deepEqual(new Set(items.map((i) => i.type)), new Set(['post', 'page']));
    await imported(path, async ({ page, report }) => {
        let said = 0;
        for (const item of items) {
            const html = mainOf((await page(new URL(item.link).pathname)).body.toString());
            const shown = threadOf(html.slice(html.indexOf('<section class="comments"')));
            const approved = item.comments.filter((c) => c.approved === '1' && !c.type);
            assert.equal(shown.length, approved.length, item.link);
            const places = new Map(), roots = new Map();
            for (const comment of approved) {
                const words = wordsOf(textOf(comment.text));
                const at = shown.findIndex((one) => one.author === textOf(comment.author) && shared(words, one.words) >= WORDS_LEAST);
                assert.ok(at >= 0, `${item.link}: ${comment.text.slice(0, 60)}`);
                places.set(comment.id, at);
                roots.set(comment.id, roots.get(comment.parent) ?? (places.has(comment.parent) ? comment.parent : undefined));
                assert.equal(shown[at].below, places.get(roots.get(comment.id)), `${item.link}: what ${comment.id} stands below`);
            }
            for (const comment of item.comments.filter((c) => !approved.includes(c))) {
                const words = wordsOf(textOf(comment.text));
                if (words.length > 3) assert.ok(!textOf(html).includes(textOf(comment.text)), `${item.link} shows: ${comment.text.slice(0, 60)}`);
            }
            if (approved.length) assert.match(html, new RegExp(`>${approved.length} comments?</h2>`));
            else assert.doesNotMatch(html, /class="comments"/);
            said += item.type === 'page' ? approved.length : 0;
        }
        assert.ok(said > 0, 'a page has comments');
        const all = itemsOf(readExport(path)).flatMap((i) => i.comments).filter((c) => !['pingback', 'trackback'].includes(c.type));
        assert.equal(report.came_in.comments.created, all.length);
    });
});

test('an export that cannot be read changes nothing, and says where', { skip }, () => {
    for (const [name, message] of Object.entries(BAD)) {
        const publication = createPublication();
        try {
            const dump = () => execFileSync('sqlite3', [`${publication.data}/broadsheet.db`, '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 });
            const before = dump();
            const run = spawnSync(PROGRAM, ['import', 'wordpress', join(FOLDER, 'edge', name), '--data', publication.data], { encoding: 'utf8' });
            assert.equal(run.status, 1, name);
            assert.match(run.stderr, message);
            assert.equal(dump(), before, name);
        } finally { publication.remove(); }
    }
});

// ---- what no corpus is needed for

test('a second import adds no row, and an edit made here stays', async () => {
    await withFiles({ 'a.xml': export_([item(1), item(2)]), 'b.xml': export_([item(1, { body: 'Changed over there' }), item(2, { body: 'Changed too' })]) },
        async ([first, second]) => {
            const publication = createPublication();
            try {
                const run = (path) => JSON.parse(publication.run('import', 'wordpress', path, '--json'));
                assert.equal(run(first).came_in.stories.created, 2);
                const dump = () => execFileSync('sqlite3', [`${publication.data}/broadsheet.db`, '.dump'], { encoding: 'utf8' });
                const before = dump();
                const again = run(first);
                assert.deepEqual([again.came_in.stories.created, again.came_in.stories.unchanged], [0, 2]);
                assert.equal(dump(), before);
                const note = join(publication.data, 'note.md');
                writeFileSync(note, 'Edited here.\n');
                publication.run('story', 'edit', '/2020/item-1/', note);
                const changed = run(second);
                assert.deepEqual([changed.came_in.stories.kept, changed.came_in.stories.updated], [1, 1]);
                assert.match(changed.notes.join('\n'), /edited here: kept/);
                const server = await serve(publication), reader = client(server);
                assert.match((await reader.get('/2020/item-1/')).body.toString(), /Edited here/);
                assert.match((await reader.get('/2020/item-2/')).body.toString(), /Changed too/);
                reader.close();
                await server.stop();
            } finally { publication.remove(); }
        });
});

test('a dry run writes nothing and reports the same', async () => {
    await withFiles({ 'a.xml': export_([item(1), item(2, { status: 'draft' })]) }, async ([path]) => {
        const publication = createPublication();
        try {
            const dump = () => execFileSync('sqlite3', [`${publication.data}/broadsheet.db`, '.dump'], { encoding: 'utf8' });
            const before = dump();
            const dry = JSON.parse(publication.run('import', 'wordpress', path, '--json', '--dry-run'));
            assert.equal(dump(), before);
            const wet = JSON.parse(publication.run('import', 'wordpress', path, '--json'));
            assert.deepEqual(dry.came_in.stories, wet.came_in.stories);
            assert.deepEqual(dry.closed, wet.closed);
        } finally { publication.remove(); }
    });
});

for (const engine of ENGINES)
    test(`where there is no publication an import makes one as the export tells of it, on ${engine}`, async () => {
        const paper = export_([item(1, { gmt: '2024-07-01 10:00:00', local: '2024-07-01 12:00:00' }), item(2, { gmt: '2024-01-01 10:00:00', local: '2024-01-01 11:00:00' })],
            { title: 'Anna &amp; Bo', more: '<description>All the &lt;b&gt;numbers&lt;/b&gt;</description><language>de_AT</language>' });
        await withFiles({ 'a.xml': paper, 'bad.xml': paper.slice(0, -20) }, async ([path, bad]) => {
            const publication = createPublication({ engine, bare: true });
            const data = join(publication.data, 'new'), database = engine === 'postgres' ? ['--database', publication.url] : [];
            const run = (...words) => spawnSync(PROGRAM, [...words, '--data', data, ...database], { encoding: 'utf8' });
            try {
                assert.match(run('import', 'wordpress', bad).stderr, /bad\.xml:\d+:\d+: the file is not well-formed/);
                assert.match(run('import', 'wordpress', path, '--dry-run').stdout, /a publication: Anna & Bo, at https:\/\/old\.example, in the language de-AT, with the clocks of Europe\/Berlin;/);
                assert.equal(existsSync(data), false, 'what was not imported leaves no directory behind');
                const report = JSON.parse(run('import', 'wordpress', path, '--json').stdout);
                assert.match(report.made, /^Anna & Bo, /);
                const says = run('publication').stdout;
                for (const line of ['Anna & Bo', 'All the numbers', 'de-AT', 'Europe/Berlin', 'https://old.example']) assert.ok(says.includes(line), `${line}\n${says}`);
                assert.equal(JSON.parse(run('import', 'wordpress', path, '--json').stdout).made, '', 'there is one now');
                const server = await serve({ ...publication, data });
                try { assert.match(await (await fetch(`${server.url}/`)).text(), /Anna &amp; Bo/); } finally { await server.stop(); }
            } finally { publication.remove(); }
        });
    });

test('parts of one export come in together, in any order and compression, whatever the prefix', async () => {
    const files = {
        'b.xml.gz': gzipSync(export_([item(3, { prefix: 'w' })], { version: '1.1', scheme: 'https', prefix: 'w' })),
        'a.xml': export_([item(1)], { version: '1.0' }),
    };
    await withFiles(files, async (paths) => {
        execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED)\nz.writestr("c.xml",sys.stdin.read())\nz.close()',
            join(paths[0], '../c.zip')], { input: export_([item(2)]) });
        const publication = createPublication();
        try {
            const report = JSON.parse(publication.run('import', 'wordpress', paths[0], join(paths[0], '../c.zip'), paths[1], '--json'));
            assert.equal(report.came_in.stories.created, 3);
        } finally { publication.remove(); }
    });
});

test('numbers lead to what is published, and tell nothing of what is not', async () => {
    await withFiles({ 'a.xml': export_([item(7), item(8, { status: 'private', title: 'A Secret Merger' }),
        item(9, { password: 'x', title: 'Behind A Word' }), item(10, { type: 'page', link: 'https://old.example/about/' })]) },
    async ([path]) => imported(path, async ({ reader }) => {
        const seven = await reader.get('/?p=7');
        assert.deepEqual([seven.status, new URL(seven.headers.location, 'http://x').pathname], [301, '/2020/item-7/']);
        const page = await reader.get('/?utm_source=x&page_id=10');
        assert.deepEqual([page.status, new URL(page.headers.location, 'http://x').pathname], [301, '/about/']);
        for (const hidden of ['/?p=8', '/?p=9', '/2020/item-8/', '/2020/item-9/', '/?p=12345']) {
            const answer = await reader.get(hidden);
            assert.equal(answer.status, 404, hidden);
            assert.doesNotMatch(answer.body.toString(), /Secret|Behind/);
        }
        assert.equal((await reader.get('/?utm_source=x')).status, 200);
    }));
});

test('comments of a page come in with their threads and states, and their later ones when they are there', async () => {
    const about = (comments, status = 'publish') => export_([item(1, { type: 'page', link: 'https://old.example/about/', status, more: comments.join('') })]);
    const few = [said(3, { parent: 2 }), said(2), said(4, { approved: '0' }), said(5, { approved: 'spam', parent: 2 }), said(6, { parent: 5 })];
    const many = [...few, ...Array.from({ length: 100 }, (_, n) => said(n + 10, { parent: n === 99 ? 2 : 0 }))];
    await withFiles({ 'few.xml': about(few), 'many.xml': about(many), 'closed.xml': about(many, 'draft') }, async ([first, second, closed]) => {
        const publication = createPublication();
        const run = (path) => JSON.parse(publication.run('import', 'wordpress', path, '--json'));
        const dry = JSON.parse(publication.run('import', 'wordpress', first, '--json', '--dry-run'));
        assert.equal(dry.came_in.comments.created, 5);
        const server = await serve(publication), reader = client(server);
        const read = async (path) => (await reader.get(path)).body.toString();
        try {
            const report = run(first);
            assert.equal(report.came_in.comments.created, 5);
            assert.deepEqual(report.left_out, {});
            const page = await read('/about/');
            assert.match(page, /<h2 id="comments-title">3 comments<\/h2>/);
            assert.deepEqual(threadOf(page).map((c) => [c.author, c.below]), [['Reader 2', undefined], ['Reader 3', 0], ['Reader 6', 0]]);
            assert.doesNotMatch(page, /Said [45]\./);
            const dump = () => execFileSync('sqlite3', [`${publication.data}/broadsheet.db`, '.dump'], { encoding: 'utf8' });
            const before = dump();
            run(first);
            assert.equal(dump(), before);
            publication.run('comment', 'remove', publication.run('comment', 'list', 'approved').match(/^(\d+) .*Reader 3\n/m)[1]);
            const more = run(second);
            assert.deepEqual([more.came_in.comments.created, more.came_in.comments.unchanged], [100, 5]);
            assert.deepEqual([more.came_in.pages.unchanged, more.came_in.pages.updated], [1, 0]);
            const grown = await read('/about/');
            assert.match(grown, /<h2 id="comments-title">102 comments<\/h2>/);
            assert.doesNotMatch(grown, /Said 3\./); // what was judged here stays so
            assert.match(grown, /<a href="\/about\/comments\/2\/" rel="next">Comments 51 to 100<\/a>/);
            const later = await read('/about/comments/3/');
            assert.match(later, /<h1><a href="\/about\/">Item 1<\/a><\/h1>/);
            assert.deepEqual(threadOf(later).map((c) => c.author), ['Reader 108', 'Reader 109']);
            assert.match(later, /Reader 109<\/b> <span class="reply-to">to Reader 2<\/span>/);
            assert.equal((await reader.get('/about/comments/1/')).headers.location, '/about/');
            assert.equal((await reader.get('/about/comments/4/')).status, 404);
            run(closed);
            for (const path of ['/about/', '/about/comments/2/']) {
                const answer = await reader.get(path);
                assert.equal(answer.status, 404, path);
                assert.doesNotMatch(answer.body.toString(), /Said/);
            }
        } finally {
            reader.close();
            try { await server.stop(); } finally { publication.remove(); }
        }
    });
});

test('a DOCTYPE is refused before anything in it is read', async () => {
    const bomb = export_([item(1)]).replace('<rss', '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<rss');
    await withFiles({ 'a.xml': bomb }, ([path]) => {
        const publication = createPublication();
        try {
            const run = spawnSync(PROGRAM, ['import', 'wordpress', path, '--data', publication.data], { encoding: 'utf8' });
            assert.equal(run.status, 1);
            assert.match(run.stderr, /has a DOCTYPE/);
        } finally { publication.remove(); }
    });
});

test('a running server shows what came in when the command ends', async () => {
    await withFiles({ 'a.xml': export_([item(1, { title: 'Just Moved In' })]) }, async ([path]) => {
        const publication = createPublication();
        const server = await serve(publication), reader = client(server);
        try {
            assert.equal((await reader.get('/2020/item-1/')).status, 404);
            assert.doesNotMatch((await reader.get('/')).body.toString(), /Just Moved In/);
            assert.match(publication.run('import', 'wordpress', path), /shown after/);
            assert.equal((await reader.get('/2020/item-1/')).status, 200);
            assert.match((await reader.get('/')).body.toString(), /Just Moved In/);
        } finally {
            reader.close();
            try { await server.stop(); } finally { publication.remove(); }
        }
    });
});

test('what would run in a browser comes in as text, or not at all', async () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const cdata = `<![CDATA[${evil}]]>`;
    const attribute = evil.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
    const more = `<category domain="category" nicename="${attribute}">${cdata}</category><category domain="post_tag" nicename="t">${cdata}</category>
<category domain="author" nicename="cap-x">${cdata}</category><excerpt:encoded>${cdata}</excerpt:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>${cdata}</wp:comment_author><wp:comment_author_url>javascript:alert(1)</wp:comment_author_url>
<wp:comment_content>${cdata}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>`;
    const body = `${evil}[caption caption="${evil.replace(/"/g, "'")}"]<img src=y onerror=alert(1)>[/caption][audio src="javascript:alert(1)"][embed]javascript:alert(1)[/embed]
[button link="javascript:alert(1)"]b[/button]<!-- wp:cover {"url":"javascript:alert(1)"} --><p onclick=alert(1)>x</p><!-- /wp:cover -->`;
    const upload = `<item><title>${cdata}</title><wp:post_id>5</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>javascript:alert(1)//.jpg</wp:attachment_url></item>`;
    const menu = `<item><title>${cdata}</title><wp:post_id>6</wp:post_id><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status>
<category domain="nav_menu" nicename="main">m</category><wp:postmeta><wp:meta_key>_menu_item_type</wp:meta_key><wp:meta_value>custom</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_menu_item_url</wp:meta_key><wp:meta_value>javascript:alert(1)</wp:meta_value></wp:postmeta></item>`;
    await withFiles({ 'a.xml': export_([item(1, { title: cdata, body, more }), item(2, { type: 'page', link: 'https://old.example/about/', title: cdata, body, more: said(2, { text: evil, author: cdata }) }), upload, menu]) },
        async ([path]) => imported(path, async ({ page }) => {
            const seen = new Set(['/', '/2020/item-1/', '/about/', '/feed.xml', '/latest/']);
            for (const address of seen) {
                const answer = await page(address);
                assert.equal(answer.status, 200, address);
                const text = answer.body.toString();
                assert.doesNotMatch(text, /<script>alert|<img[^>]*onerror|\son\w+=["']?alert|(?:href|src)="?\s*javascript:/i, address);
                for (const [, path_] of text.matchAll(/href="(\/(?:topic|author|news|img)[^"]*)"/g)) seen.add(path_);
            }
            assert.ok(seen.size > 5);
        }));
});

test('an archive brings what was imported: known again, and what was closed stays closed', async () => {
    await withFiles({ 'a.xml': export_([item(1), item(2, { status: 'private' }), item(3, { type: 'page', status: 'draft', link: 'https://old.example/plan/' })]) },
        async ([path]) => {
            const publication = createPublication();
            const data = join(publication.data, 'restored');
            try {
                publication.run('import', 'wordpress', path);
                publication.run('export', 'archive', join(publication.data, 'all.tar'));
                const run = (...words) => execFileSync(PROGRAM, [...words, '--data', data], { encoding: 'utf8' });
                run('import', 'archive', join(publication.data, 'all.tar'));
                const again = JSON.parse(run('import', 'wordpress', path, '--json'));
                assert.deepEqual([again.came_in.stories.unchanged, again.came_in.pages.unchanged], [2, 1]);
                const server = await serve({ ...publication, data, options: [] }), reader = client(server);
                for (const [address, status] of [['/2020/item-1/', 200], ['/?p=1', 301], ['/2020/item-2/', 404], ['/plan/', 404]])
                    assert.equal((await reader.get(address)).status, status, address);
                reader.close();
                await server.stop();
            } finally { publication.remove(); }
        });
});
