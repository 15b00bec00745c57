// The command line as people type it: what it says, on which stream, and how it ends.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { client } from '../lib/fetch.mjs';
import { createPublication, ENGINES, PROGRAM, serve } from '../lib/site.mjs';

const DONE = 0;
const FAILED = 1;
const USAGE = 2;
const PATIENCE_MS = 60_000;

function run(words, { env = {}, cwd } = {}) {
    const { status, stdout, stderr } = spawnSync(PROGRAM, words,
        { encoding: 'utf8', timeout: PATIENCE_MS, cwd, env: { ...process.env, ...env } });
    return { status, stdout, stderr };
}

// A publication with the section "news", a folder for files, and the command line on it.
function newsroom(t, engine = 'sqlite') {
    const publication = createPublication({ engine });
    const files = mkdtempSync(join(tmpdir(), 'story files-'));
    t.after(() => {
        publication.remove();
        rmSync(files, { recursive: true, force: true });
    });
    const words = ['--data', publication.data, ...publication.options];
    const ask = (...line) => run([...line, ...words], { cwd: files });
    const does = (...line) => {
        const answer = ask(...line);
        assert.equal(answer.status, DONE, answer.stderr);
        return answer.stdout.trim();
    };
    const refuses = (what, ...line) => {
        const answer = ask(...line);
        assert.equal(answer.status, FAILED, `${line.join(' ')}: ${answer.stdout}`);
        assert.match(answer.stderr, what);
        return answer;
    };
    const put = (name, text) => writeFileSync(join(files, name), text);
    does('section', 'add', 'news', '--name', 'News');
    return { publication, files, ask, does, refuses, put };
}

const story = (title, more = '') => `---\ntitle: ${title}\nsection: news\n${more}---\nText of it.\n`;

test('help is there for every command, and asked for in each usual way', () => {
    const list = run(['--help']);
    assert.equal(list.status, DONE);
    const names = [...list.stdout.matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2,}/gm)].map((match) => match[1]);
    assert.ok(names.length > 25, list.stdout);
    for (const name of names) {
        const help = run([...name.split(' '), '--help']);
        assert.equal(help.status, DONE);
        assert.ok(help.stdout.startsWith(`Usage: broadsheet ${name} `), help.stdout);
    }
    for (const words of [['-h'], ['help']]) assert.deepEqual(run(words), list);
    assert.deepEqual(run(['help', 'story', 'list']), run(['story', 'list', '-h']));
    const noun = run(['story', '--help']);
    assert.equal(noun.status, DONE);
    assert.match(noun.stdout, /story publish/);
    assert.doesNotMatch(noun.stdout, /section list/);
});

test('what does not exist is named, and where to look', () => {
    for (const [words, said] of [
        [['nope'], /no command "nope"; "broadsheet --help"/],
        [['story', 'nope'], /no command "story nope"; "broadsheet story --help"/],
        [['story', 'list', 'extra'], /"story list" takes no words; "broadsheet story list --help"/],
        [['story', 'publish'], /"story publish" takes FILE\|DIR…; "broadsheet story publish --help"/],
        [['story', 'list', '--reason', 'x'], /"story list" takes no --reason/],
        [['story', 'list', '--nope'], /no option --nope/],
        [['story', 'list', '--limit'], /--limit needs a value/],
    ]) {
        const answer = run(words);
        assert.equal(answer.status, USAGE, words.join(' '));
        assert.equal(answer.stdout, '');
        assert.match(answer.stderr, said);
        assert.equal(answer.stderr.trim().split('\n').length, 1);
    }
    assert.equal(run([]).status, USAGE);
    assert.equal(run(['story']).status, USAGE);
    assert.match(run(['story', 'list', '--data', '/nonexistent']).stderr, /no publication here: make one/);
});

for (const engine of ENGINES) {
    test(`a story is published, changed, moved, withdrawn and restored, on ${engine}`, async (t) => {
        const { publication, does, refuses, put } = newsroom(t, engine);
        const server = await serve(publication);
        const { get, close } = client(server);
        const read = async (path) => {
            const answer = await get(path);
            return { status: answer.status, text: answer.body.toString() };
        };
        try {
            put('my story.md', story('First words'));
            put('more.md', '---\nstandfirst: And more.\n---\n');
            assert.match(does('story', 'publish', 'my story.md'),
                /^published \/news\/first-words\/; shown after [0-9.]+ ms$/);
            assert.equal(does('story', 'publish', 'my story.md'), 'nothing new at /news/first-words/');
            assert.match((await read('/news/first-words/')).text, /Text of it\./);
            does('story', 'edit', '/news/first-words/', 'more.md');
            assert.match((await read('/')).text, /And more\./);
            refuses(/readers are told of a correction: .*--note/, 'story', 'edit', '/news/first-words/', 'more.md',
                '--change', 'correction');
            does('section', 'add', 'news/city', '--name', 'City');
            does('story', 'move', '/news/first-words/', '--section', 'news/city');
            assert.match((await read('/news/city/')).text, /First words/);
            refuses(/--reason/, 'story', 'withdraw', '/news/first-words/');
            does('story', 'withdraw', '/news/first-words/', '--reason', 'It was <wrong>.');
            const gone = await read('/news/first-words/');
            assert.equal(gone.status, 410);
            assert.match(gone.text, /It was &lt;wrong&gt;\./);
            assert.match(does('story', 'publish', 'my story.md'),
                /which is withdrawn; "broadsheet story restore \/news\/first-words\/" puts it back$/);
            does('story', 'restore', '/news/first-words/');
            assert.equal((await read('/news/first-words/')).status, 200);
        } finally {
            close();
            await server.stop();
        }
    });
}

test('a file that is wrong is told of with its line and the remedy', (t) => {
    const { ask, refuses, put } = newsroom(t);
    for (const [text, said] of [
        ['Only text.\n', /^broadsheet: bad\.md:1: there is no headline/],
        ['', /bad\.md:1: there is no headline/],
        [story('T', 'date: 31\/12\/2026\n'), /bad\.md:4: date is not a date/],
        [story('T', 'date: 2026-02-30\n'), /bad\.md:4: date is not a date/],
        [story('T', 'date: 2199-01-01\n'), /still to come/],
        [story('T', 'kind: gossip\n'), /no kind of story: use news/],
        [story('T').replace('section: news', 'section: nowhere'), /no section "nowhere"; there are: news/],
        [story('T').replace('section: news\n', ''), /names no section: .*--section; there are: news/],
        ['---\ntitle: T\nNo end', /no end/],
        [Buffer.from(story('caf\xe9'), 'latin1'), /save it as UTF-8/],
        [Buffer.alloc(3000, 0xfe), /save it as UTF-8/],
        [Buffer.alloc(5_000_000, 'word '), /larger than/],
    ]) {
        put('bad.md', text);
        const answer = refuses(said, 'story', 'publish', 'bad.md');
        assert.equal(answer.stdout, '');
        assert.equal(answer.stderr.trim().split('\n').length, 1, answer.stderr);
    }
    refuses(/none\.md: No such file/, 'story', 'publish', 'none.md');
    assert.equal(ask('story', 'list').stdout, '');
});

test('a folder is published as far as it is good, and each bad file is named once', (t) => {
    const { files, ask, does, put } = newsroom(t);
    mkdirSync(join(files, 'in'));
    put('in/a b.md', story('One'));
    put('in/c.html', '---\ntitle: Two\nsection: news\n---\n<p>Text</p>');
    put('in/bad.md', 'Nothing\n');
    put('in/worse.md', story('T', 'kind: gossip\n'));
    put('in/draft.md', story('Draft', 'status: draft\n'));
    put('in/picture.png', 'x');
    symlinkSync('a b.md', join(files, 'in/link.md'));
    symlinkSync('.', join(files, 'in/round'));
    const { status, stdout, stderr } = ask('story', 'publish', 'in');
    assert.equal(status, FAILED);
    assert.match(stdout, /^2 published, 0 updated, 1 unchanged, 1 draft left out, 2 failed, in /);
    const lines = stderr.trim().split('\n');
    assert.equal(lines.length, 3, stderr);
    assert.match(lines[0], /in\/bad\.md:1: /);
    assert.match(lines[1], /in\/worse\.md: /);
    assert.match(lines[2], /2 files could not be published/);
    rmSync(join(files, 'in/bad.md'));
    rmSync(join(files, 'in/worse.md'));
    assert.match(does('story', 'publish', 'in'), /^0 published, 0 updated, 3 unchanged, 1 draft left out, 0 failed/);
});

test('what is published is not taken for a draft', (t) => {
    const { does, refuses, put } = newsroom(t);
    put('a.md', story('One'));
    does('story', 'publish', 'a.md');
    put('a.md', story('One', 'status: draft\n'));
    refuses(/stands at \/news\/one\/: "broadsheet story withdraw"/, 'story', 'publish', 'a.md');
    does('story', 'withdraw', '/news/one/', '--reason', 'x');
    assert.match(does('story', 'publish', 'a.md'), /1 draft left out/);
});

test('a list is JSON a line where asked, and says when there is more', (t) => {
    const { files, ask, does, put } = newsroom(t);
    mkdirSync(join(files, 'many'));
    for (let n = 0; n < 23; n++) put(`many/${n}.md`, story(`"Story \\"${n}\\""`));
    does('story', 'publish', 'many');
    const { stdout, stderr } = ask('story', 'list', '--json');
    const rows = stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(rows.length, 20);
    assert.match(stderr, /--limit N lists more/);
    assert.deepEqual(Object.keys(rows[0]), ['path', 'headline', 'section', 'status', 'published']);
    const all = ask('story', 'list', '--json', '--limit', '100');
    assert.equal(all.stdout.trim().split('\n').length, 23);
    assert.equal(all.stderr, '');
});

test('sections, pages, menus and comments refuse what no reader could see', (t) => {
    const { does, refuses, put } = newsroom(t);
    put('page.md', '---\ntitle: P\npath: /latest/\n---\nText\n');
    put('menu.txt', 'News | /news/\n');
    refuses(/say its path/, 'section', 'add', '', '--name', 'X');
    refuses(/say its path/, 'section', 'add', '/', '--name', 'X');
    refuses(/answered by the site itself/, 'section', 'add', 'latest', '--name', 'X');
    refuses(/answered by the site itself/, 'section', 'add', 'news/archive', '--name', 'X');
    refuses(/answered by the site itself/, 'page', 'save', 'page.md');
    refuses(/say main, compact, company, more-info, follow or notice/, 'menu', 'set', 'header', 'menu.txt');
    refuses(/say main, compact, company, more-info, follow or notice/, 'menu', 'show', 'header');
    does('menu', 'set', 'main', 'menu.txt');
    assert.equal(does('menu', 'show', 'main'), 'News | /news/');
    put('a.md', story('Archive'));
    assert.equal(does('story', 'publish', 'a.md'), 'published /news/archive-2/');
    put('c.md', 'Well said.\n');
    does('comment', 'add', '/news/archive-2/', 'c.md', '--name', 'Ann');
    for (const status of ['all', 'held']) assert.match(does('comment', 'list', status), /Well said\./);
    assert.equal(does('comment', 'list', 'spam'), '');
});

test('a comment on a page shows when it is approved', async (t) => {
    const { publication, does, refuses, put } = newsroom(t);
    put('page.md', '---\ntitle: About us\npath: /about/\n---\nText\n');
    put('c.md', 'Well said.\n');
    does('page', 'save', 'page.md');
    const server = await serve(publication);
    const { get, close } = client(server);
    const read = async () => (await get('/about/')).body.toString();
    try {
        const none = await read();
        assert.doesNotMatch(none, /class="comments"/);
        refuses(/there is no story and no page at this path/, 'comment', 'add', '/news/', 'c.md', '--name', 'Ann');
        assert.match(does('comment', 'add', '/about', 'c.md', '--name', 'Ann'), /comment 1 is held/);
        assert.equal(await read(), none);
        does('comment', 'approve', '1');
        does('comment', 'add', '/about/', 'c.md', '--name', 'Bo', '--parent', '1');
        does('comment', 'approve', '2');
        const page = await read();
        assert.match(page, /<h2 id="comments-title">2 comments<\/h2>/);
        assert.match(page, /Ann[^]*<ol>[^]*Bo[^]*<\/ol>/);
        does('comment', 'spam', '2');
        does('comment', 'remove', '1');
        assert.equal(await read(), none);
    } finally {
        close();
        await server.stop();
    }
});

test('a publication is what was said of it, whatever else the environment says', async (t) => {
    const { publication, does, refuses } = newsroom(t);
    refuses(/"Nowhere\/Land" is no time zone/, 'publication', '--zone', 'Nowhere/Land');
    refuses(/like https:\/\/example\.com/, 'publication', '--base-url', 'nonsense');
    const looked = run(['publication', '--data', publication.data],
        { env: { BROADSHEET_NAME: 'Another', BROADSHEET_ZONE: 'Asia/Tokyo' } });
    assert.match(looked.stdout, /^name +The Test\n/);
    does('publication', '--base-url', 'https://paper.example');
    assert.match(does('publication'), /https:\/\/paper\.example/);
});

test('what is withdrawn is listed by its status', (t) => {
    const { does, refuses, put } = newsroom(t);
    put('a.md', story('Kept'));
    put('b.md', story('Gone'));
    does('story', 'publish', 'a.md', 'b.md');
    does('story', 'withdraw', '/news/gone/', '--reason', 'Wrong');
    assert.doesNotMatch(does('story', 'list'), /Gone/);
    const gone = does('story', 'list', '--status', 'withdrawn');
    assert.match(gone, /Gone\n {4}\/news\/gone\/ {2}withdrawn$/);
    assert.doesNotMatch(gone, /Kept/);
    assert.match(does('story', 'list', '--status', 'all'), /Gone[^]*Kept|Kept[^]*Gone/);
    refuses(/"lost" is no status of a story: say published, withdrawn/, 'story', 'list', '--status', 'lost');
    refuses(/--section or --status, not both/, 'story', 'list', '--status', 'all', '--section', 'news');
});

test('a refused init or demo leaves nothing behind', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'refused-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    for (const words of [['init', '--zone', 'Nowhere/Land'], ['init', '--base-url', 'x'], ['demo', '--base-url', 'x']]) {
        const data = join(folder, 'made');
        assert.equal(run([...words, '--data', data]).status, FAILED, words.join(' '));
        assert.ok(!existsSync(data), `${words.join(' ')} leaves no folder`);
        assert.equal(run([...words, '--data', folder]).status, FAILED);
        assert.deepEqual(readdirSync(folder), [], `${words.join(' ')} leaves a folder that was there empty`);
    }
    const { publication } = newsroom(t);
    assert.match(run(['init', '--data', publication.data]).stderr, /already/);
    assert.ok(existsSync(join(publication.data, 'broadsheet.db')), 'what was there stays');
});

test('a data directory that may not be written is named', (t) => {
    const { publication } = newsroom(t);
    try {
        execFileSync('mount', ['--bind', publication.data, publication.data], { stdio: 'pipe' });
    } catch {
        return t.skip('nothing can be mounted here');
    }
    let answer;
    try {
        execFileSync('mount', ['-o', 'remount,ro,bind', publication.data], { stdio: 'pipe' });
        answer = run(['publication', '--data', publication.data, '--name', 'Other']);
    } finally {
        execFileSync('umount', ['--lazy', publication.data]);
    }
    assert.equal(answer.status, FAILED);
    assert.match(answer.stderr, /^broadsheet: \S*\/broadsheet\.db: .* may be written; nothing was changed\n$/);
});

test('a story of nothing is refused, and keys that mean nothing are told with their lines', (t) => {
    const { ask, does, refuses, put } = newsroom(t);
    put('empty.md', '---\ntitle: Empty\nsection: news\n---\n\n');
    refuses(/empty\.md: there is no text below its head/, 'story', 'publish', 'empty.md');
    put('film.md', '---\ntitle: Film\nsection: news\nvideo_url: https://www.youtube.com/watch?v=abc\n---\n');
    does('story', 'publish', 'film.md');
    put('a.md', '---\ntitle: Known\nsection: news\nheadlin: Typo\nhero: x\n---\nText\n');
    const answer = ask('story', 'publish', 'a.md');
    assert.equal(answer.status, DONE);
    assert.equal(answer.stderr, 'broadsheet: a.md:4: nothing here is called "headlin"; it is left out\n' +
        'broadsheet: a.md:5: nothing here is called "hero"; it is left out\n');
    assert.equal(ask('story', 'publish', 'a.md').stderr, '', 'of what is unchanged nothing is said');
    for (let n = 0; n < 20; n++) put(`many-${n}.md`, story(`Many ${n}`, 'odd: x\n'));
    const many = ask('story', 'publish', ...Array.from({ length: 20 }, (_, n) => `many-${n}.md`)).stderr.trim().split('\n');
    assert.equal(many.length, 11);
    assert.match(many[10], /and 10 more such keys/);
});

test('what is no e-mail address is refused', (t) => {
    const { does, refuses, put } = newsroom(t);
    put('a.md', story('Mail'));
    put('c.md', 'Well said.\n');
    does('story', 'publish', 'a.md');
    for (const address of ['nonsense', 'a b@example.com', '@example.com', 'a@', 'a@b@c', 'a@exa mple.com', 'a@example..com', '<a@example.com>'])
        refuses(/e-mail address ".*" is none: write name@example\.com/, 'comment', 'add', '/news/mail/', 'c.md', '--name', 'Ann', '--email', address);
    does('comment', 'add', '/news/mail/', 'c.md', '--name', 'Ann', '--email', 'ann.o+x@mail.example.com');
});

test('a running server follows its base URL, HSTS too', async (t) => {
    const { publication, does } = newsroom(t);
    const server = await serve(publication);
    const { get, close } = client(server);
    try {
        assert.equal((await get('/')).headers['strict-transport-security'], undefined);
        does('publication', '--base-url', 'https://paper.example');
        const secure = await get('/');
        assert.match(secure.headers['strict-transport-security'] ?? '', /max-age=/);
        assert.match(secure.body.toString(), /<link rel="canonical" href="https:\/\/paper\.example\/">/);
        assert.match((await get('/static/nothing')).headers['strict-transport-security'] ?? '', /max-age=/);
        does('publication', '--base-url', 'http://paper.example');
        assert.equal((await get('/')).headers['strict-transport-security'], undefined);
    } finally {
        close();
        await server.stop();
    }
});

test('without sections and menus the head holds no empty navigation', async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    const server = await serve(publication);
    const { get, close } = client(server);
    try {
        const page = (await get('/')).body.toString();
        assert.doesNotMatch(page, /<nav[^>]*>\s*<ul>\s*<\/ul>/);
        assert.doesNotMatch(page, /<summary>Menu</);
    } finally {
        close();
        await server.stop();
    }
});

test('a server that cannot start says why and ends', async (t) => {
    const { publication, refuses } = newsroom(t);
    const server = await serve(publication);
    try {
        refuses(/runs on this data directory already/, 'serve', '--listen', '127.0.0.1:0');
        refuses(/already in use; stop what uses it/i, 'serve', '--listen', server.address);
        for (const address of ['nonsense', '127.0.0.1', '127.0.0.1:99999', '127.0.0.1:x'])
            refuses(/is no address; write it like/, 'serve', '--listen', address);
        refuses(/is no address; write it like/, 'serve', '--trusted-proxies', 'nonsense');
        refuses(/takes a number/, 'serve', '--cache', 'lots');
    } finally {
        await server.stop();
    }
});

test('lists of the newest say the year of what is of another', async (t) => {
    const { publication, does, put } = newsroom(t);
    const year = new Date().getUTCFullYear();
    put('old.md', story('Old', 'date: 2018-11-02 09:30\n'));
    put('new.md', story('New', `date: ${year}-01-01 00:00\n`));
    does('story', 'publish', 'old.md');
    does('story', 'publish', 'new.md');
    const server = await serve(publication);
    try {
        const page = await (await fetch(`${server.url}/news/old/`)).text();
        const newest = page.slice(page.indexOf('<aside class="newest"'));
        assert.deepEqual([...newest.matchAll(/<time [^>]*>([^<]*)</g)].map(([, text]) => text), ['1 Jan, 00:00', '2 Nov 2018']);
    } finally { await server.stop(); }
});
