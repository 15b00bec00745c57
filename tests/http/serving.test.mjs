// What a running server keeps up with: a theme that is worked on, a database that lost commits, threads
// and lists that outgrow a page. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { client } from '../lib/fetch.mjs';
import { createPublication, ENGINES, PROGRAM, serve } from '../lib/site.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PATIENCE_MS = 60_000;

function folder(t, name) {
    const path = mkdtempSync(join(tmpdir(), name));
    t.after(() => rmSync(path, { recursive: true, force: true }));
    return path;
}

// A publication with one story, and the statements that an operator's hands could run on it.
function newsroom(t, engine = 'sqlite', body = 'Text of it.') {
    const publication = createPublication({ engine });
    t.after(() => publication.remove());
    const file = join(publication.data, 'a.md');
    writeFileSync(file, `---\ntitle: First words\nsection: news\ntopics: Gold\n---\n${body}\n`);
    publication.run('section', 'add', 'news', '--name', 'News');
    publication.run('story', 'publish', file);
    const sql = (text) => (engine === 'postgres' ? execFileSync('psql', ['--quiet', '--dbname', publication.url, '--command', text])
        : execFileSync('sqlite3', ['-bail', '-cmd', '.timeout 20000', join(publication.data, 'broadsheet.db'), text]));
    return { publication, file, sql };
}

// Asks until `good` says so: what happens in the server's own time.
async function until(ask, good) {
    const late = Date.now() + PATIENCE_MS;
    for (;;) {
        const found = await ask();
        if (good(found)) return found;
        assert.ok(Date.now() < late, `never: ${good}\n${found}`);
        await new Promise(setImmediate);
    }
}

test('with --assets a changed theme is read again, and one with a fault is refused', async (t) => {
    const { publication } = newsroom(t);
    const theme = folder(t, 'theme-');
    for (const name of ['templates', 'static']) cpSync(join(ROOT, name), join(theme, name), { recursive: true });
    const site = await serve(publication, '--assets', theme);
    const { get, close } = client(site);
    const read = async (path) => (await get(path)).body.toString();
    const style = async () => read(/href="(\/static\/style[^"]*)"/.exec(await read('/'))[1]);
    const tail = join(theme, 'templates/tail.html');
    const good = readFileSync(tail, 'utf8');
    try {
        assert.doesNotMatch(await read('/news/first-words/'), /A line of the theme/);
        writeFileSync(tail, good.replace('<footer', '<p>A line of the theme</p>\n<footer'));
        for (const path of ['/', '/news/first-words/'])
            await until(() => read(path), (page) => page.includes('A line of the theme'));
        writeFileSync(tail, `${good}{{nothing_of_this_name}}\n`);
        await until(() => site.errors, (errors) => /theme-refused.*tail\.html:\d+/.test(errors));
        assert.match(await read('/'), /A line of the theme/, 'the old one stays');
        writeFileSync(tail, good);
        await until(() => read('/'), (page) => !page.includes('A line of the theme'));
        writeFileSync(join(theme, 'static/style/99-mine.css'), '.mine{color:red}\n');
        await until(style, (css) => css.includes('.mine{'));
    } finally {
        close();
        await site.stop();
    }
});

for (const engine of ENGINES) {
    test(`a database that lost commits is believed, and nothing of the lost future stays, on ${engine}`, async (t) => {
        const { publication, file, sql } = newsroom(t, engine);
        const site = await serve(publication);
        const { get, close } = client(site);
        const read = async (path) => (await get(path)).body.toString();
        try {
            for (let n = 0; n < 3; n++) {
                writeFileSync(file, readFileSync(file, 'utf8').replace(/title: .*/, `title: Of the future ${n}`));
                publication.run('story', 'publish', file);
            }
            for (const path of ['/', '/news/first-words/', '/feed.xml'])
                assert.match(await read(path), /Of the future 2/);
            sql(`BEGIN; UPDATE story SET headline = 'Of the past';
                DELETE FROM change WHERE number > (SELECT number - 3 FROM commit_counter);
                UPDATE commit_counter SET number = number - 3; COMMIT${engine === 'postgres' ? '; NOTIFY broadsheet' : ''};`);
            for (const path of ['/', '/news/first-words/', '/feed.xml'])
                await until(() => read(path), (page) => page.includes('Of the past') && !page.includes('Of the future'));
            assert.match(site.errors, /commits-lost/);
            // From there it counts on: what is committed now is kept, and forgotten when it changes.
            writeFileSync(file, readFileSync(file, 'utf8').replace(/title: .*/, 'title: Of the present'));
            assert.match(publication.run('story', 'publish', file), /shown after/);
            for (const path of ['/', '/news/first-words/']) assert.match(await read(path), /Of the present/);
            const kept = async () => Number(/^broadsheet_requests_kept_total (\d+)/m.exec(await read('/-/metrics'))[1]);
            const before = await kept();
            await read('/');
            assert.ok(await kept() > before, 'pages are kept again');
        } finally {
            close();
            await site.stop();
        }
    });
}

test('a thread that is too long for a page goes on on others', { timeout: 300_000 }, async (t) => {
    const { publication, sql } = newsroom(t, 'sqlite', `${'Word '.repeat(9)}\n\n`.repeat(20_000));
    // Each as long as a comment can be: a page of 1,050 would have 65 MiB.
    sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 525)
        INSERT INTO comment (story_id, parent_id, status, author_name, author_email, author_url, body, created_at)
        SELECT 1, CASE WHEN i = 51 THEN 1 ELSE 0 END, 'approved', 'Reader ' || i, '', 'https://example.com/' || hex(zeroblob(900)),
            '<p>No ' || i || '.</p>' || hex(zeroblob(32700)), 1700000000000 + i FROM n`);
    const site = await serve(publication);
    const { get, close } = client(site);
    const story = '/news/first-words/';
    try {
        const seen = new Set();
        for (let path = story, pages = 1; path; pages++) {
            const answer = await get(path);
            assert.equal(answer.status, 200, `${path}: ${answer.body.toString().slice(0, 200)}`);
            const page = answer.body.toString();
            for (const [, n] of page.matchAll(/<p>No (\d+)\.<\/p>/g)) seen.add(Number(n));
            if (pages === 2) assert.match(page, /Reader 51<\/a><\/b> <span class="reply-to">to Reader 1<\/span>/);
            if (pages === 11) assert.match(page, /Comments 501 to 525 of 525/);
            path = /<a href="([^"]*)" rel="next">Comments \d+ to \d+</.exec(page)?.[1];
        }
        assert.equal(seen.size, 525);
        assert.equal((await get(`${story}comments/12/`)).status, 404);
        assert.equal((await get(`${story}comments/0/`)).status, 404);
        const first = await get(`${story}comments/1/`);
        assert.equal(first.status, 301);
        assert.equal(first.headers.location, story);
        publication.run('comment', 'remove', '1');
        assert.doesNotMatch((await get(story)).body.toString(), /<p>No 1\.</);
        assert.match((await get(`${story}comments/11/`)).body.toString(), /of 524/);
        publication.run('story', 'withdraw', story, '--reason', 'Wrong');
        assert.equal((await get(`${story}comments/2/`)).status, 410);
    } finally {
        close();
        await site.stop();
    }
});

test('a sitemap names what came after ten thousand topics too', async (t) => {
    const { publication, file, sql } = newsroom(t);
    const site = await serve(publication);
    const { get, close } = client(site);
    const read = async (path) => (await get(path)).body.toString();
    try {
        assert.match(await read('/sitemap/pages.xml'), /\/topic\/gold\//);
        assert.doesNotMatch(await read('/sitemap.xml'), /sitemap\/pages\/2\.xml/);
        assert.equal((await get('/sitemap/pages/2.xml')).status, 404);
        sql("INSERT INTO topic (id, slug, name, description, path) VALUES (20000, 'x', 'x', '', '/x/')");
        writeFileSync(file, readFileSync(file, 'utf8').replace('topics: Gold', 'topics: [Gold, Silver]'));
        publication.run('story', 'publish', file);
        const index = await read('/sitemap.xml');
        for (const part of [2, 3]) assert.match(index, new RegExp(`sitemap/pages/${part}\\.xml`));
        assert.match(await read('/sitemap/pages/3.xml'), /\/topic\/silver\//);
        assert.doesNotMatch(await read('/sitemap/pages.xml'), /\/topic\/silver\//);
        assert.equal((await get('/sitemap/pages/4.xml')).status, 404);
        assert.equal((await get('/sitemap/pages/1.xml')).status, 404);
    } finally {
        close();
        await site.stop();
    }
});

test('./run --listen names the address that it serves the demo at', { timeout: 120_000 }, async (t) => {
    const home = folder(t, 'run-');
    const put = (name, text) => {
        mkdirSync(dirname(join(home, name)), { recursive: true });
        writeFileSync(join(home, name), text);
        chmodSync(join(home, name), 0o755);
    };
    cpSync(join(ROOT, 'run'), join(home, 'run'));
    // The build is another test's matter.
    put('tools/install-packages', '#!/bin/sh\n');
    put('bin/ninja', '#!/bin/sh\n');
    put('build/build.ninja', '');
    symlinkSync(resolve(PROGRAM), join(home, 'build/broadsheet'));
    const port = await new Promise((found) => {
        const probe = net.createServer().listen(0, '127.0.0.1', () => {
            const { port: free } = probe.address();
            probe.close(() => found(free));
        });
    });
    const child = spawn(join(home, 'run'), ['--listen', `127.0.0.1:${port}`],
        { env: { ...process.env, PATH: `${join(home, 'bin')}:${process.env.PATH}` }, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((done) => child.on('close', done));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
    try {
        await until(() => said + (child.exitCode ?? ''), (text) => /Serving http:\/\/127|\d+$/m.test(text.replaceAll(`${port}`, '')));
        const { get, close } = client({ host: '127.0.0.1', port });
        assert.match((await get('/robots.txt')).body.toString(), new RegExp(`http://127\\.0\\.0\\.1:${port}/sitemap\\.xml`), said);
        close();
    } finally {
        child.kill('SIGTERM');
        await ended;
    }
});
