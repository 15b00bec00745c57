// Pictures on their way from a file to a page: stories, people, pages; and those that are refused.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { client, forAll } from '../lib/fetch.mjs';
import { about, png } from '../lib/picture.mjs';
import { createPublication, PROGRAM, serve } from '../lib/site.mjs';

let publication;
let site;
let get;
let close;
let files;

const put = (name, bytes) => {
    const path = join(files, name);
    writeFileSync(path, bytes);
    return path;
};

// {status, out, err} of the program.
const run = (...words) => {
    const { status, stdout: out, stderr: err } = spawnSync(PROGRAM, [...words, '--data', publication.data, ...publication.options],
        { encoding: 'utf8' });
    return { status, out, err };
};
const text = async (path) => {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    return answer.body.toString();
};
const pictureFiles = () => (existsSync(join(publication.data, 'pictures'))
    ? readdirSync(join(publication.data, 'pictures'), { recursive: true }).filter((name) => name.includes('-')) : []);

// Every file that the page asks for is there, as what it says it is.
async function assertAllThere(page) {
    const paths = new Set(page.match(/\/pictures\/[0-9a-f/]+-[a-z0-9]+\.[a-z]+/g));
    assert.ok(paths.size);
    for (const path of paths) {
        const answer = await get(path);
        assert.equal(answer.status, 200, path);
        assert.equal(answer.headers['content-type'], `image/${path.split('.').pop().replace('jpg', 'jpeg')}`);
    }
    for (const [, src] of page.matchAll(/<img[^>]* src="([^"]*)"/g)) assert.match(src, /^\/pictures\//);
}

before(async () => {
    publication = createPublication({ init: ['--base-url', 'https://news.example'] });
    files = join(publication.data, 'in');
    mkdirSync(files);
    run('section', 'add', 'markets', '--name', 'Markets');
    site = await serve(publication);
    ({ get, close } = client(site));
});

after(async () => {
    close?.();
    await site?.stop();
    publication?.remove();
});

test('a story shows the pictures that stand beside its file', async () => {
    put('lead photo.png', png(1000, 700));
    put('inside.png', png(700, 500, { seed: 1, alpha: true }));
    const file = put('bull.md', '---\ntitle: The bull\nsection: markets\npicture: lead photo.png\npicture_alt: A bull\n' +
        'picture_caption: The bull of Wall Street\npicture_credit: Ana Ortiz\n---\nWords.\n\n![A chart](inside.png "How it went")\n');
    const told = run('story', 'publish', file);
    assert.equal(told.status, 0, told.err);
    assert.equal(told.err, '');
    const page = await text('/markets/the-bull/');
    assert.match(page, /<source type="image\/avif" srcset="\/pictures\/\S+-320\.avif 320w, \/pictures\/\S+-640\.avif 640w, /);
    assert.match(page, /<source type="image\/webp" srcset="\/pictures\/\S+-320\.webp 320w, /);
    assert.match(page, /<img[^>]* alt="A bull" width="1000" height="700"/);
    assert.match(page, /<figcaption>The bull of Wall Street/);
    assert.match(page, /<meta property="og:image" content="https:\/\/news\.example\/pictures\/\S+-share\.jpg">/);
    assert.match(page, /<figure><picture><source type="image\/avif" srcset="\/pictures\/\S+-320\.avif 320w, [^"]*" sizes="[^"]+"><img src="\/pictures\/\S+\.png" srcset="\/pictures\/\S+-320\.webp 320w, [^"]*" sizes="[^"]+" alt="A chart" width="700" height="500"/);
    assert.match(page, /<figcaption>How it went<\/figcaption>/);
    await assertAllThere(page);
    assert.match(await text('/'), /<picture>\s*<source type="image\/avif"/);
    assert.match(run('story', 'publish', file).out, /^nothing new/);
    assert.equal(run('picture', 'list').out.split('\n').length - 1, 2);
});

test('a picture that changes in its file changes on the page, and is made once', async () => {
    const before = await text('/markets/the-bull/');
    put('lead photo.png', png(1000, 700, { seed: 2 }));
    assert.match(run('story', 'publish', join(files, 'bull.md')).out, /^updated/);
    const after = await text('/markets/the-bull/');
    const share = (page) => /og:image" content="([^"]*)"/.exec(page)[1];
    assert.notEqual(share(after), share(before));
    await assertAllThere(after);
    const count = pictureFiles().length;
    put('again.md', '---\ntitle: Again\nsection: markets\npicture: lead photo.png\n---\nWords.\n');
    run('story', 'publish', join(files, 'again.md'));
    assert.equal(share(await text('/markets/again/')), share(after));
    assert.equal(pictureFiles().length, count);
});

test('people and pages show theirs', async () => {
    put('ana.png', png(400, 400, { seed: 3 }));
    assert.equal(run('person', 'add', 'ana', '--name', 'Ana Ortiz', '--picture', join(files, 'ana.png')).status, 0);
    const person = await text('/author/ana/');
    assert.match(person, /<img[^>]* alt="Ana Ortiz" width="400" height="400"/);
    await assertAllThere(person);
    put('ana.png', png(400, 300, { seed: 4 }));
    assert.equal(run('person', 'edit', 'ana', '--picture', join(files, 'ana.png')).status, 0);
    assert.match(await text('/author/ana/'), /<img[^>]* alt="Ana Ortiz" width="400" height="300"/);
    const page = put('about.md', '---\npath: /about/\ntitle: About\n---\nUs: ![All of us](ana.png)\n');
    assert.equal(run('page', 'save', page).status, 0);
    await assertAllThere(await text('/about/'));
});

// The story itself, without the stories around it.
function storyOf(page) {
    const [, story] = /<article class="story-grid"([^]*)<div class="story-foot"/.exec(page);
    return story;
}

test('a picture that cannot be taken in is left out with a sentence, and its story stands', async () => {
    put('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    put('broken.png', png(300, 300).subarray(0, 500));
    const file = put('bad.md', '---\ntitle: Bad pictures\nsection: markets\npicture: drawing.svg\n---\nWords ![x](broken.png) ![y](none.jpg).\n');
    const told = run('story', 'publish', file);
    assert.equal(told.status, 0);
    assert.match(told.err, /bad\.md: picture drawing\.svg was left out: is an SVG drawing/);
    assert.match(told.err, /picture broken\.png was left out: /);
    assert.match(told.err, /picture none\.jpg was left out: there is no such file/);
    assert.doesNotMatch(storyOf(await text('/markets/bad-pictures/')), /<img/);
    put('broken.png', png(300, 300, { seed: 5 }));
    assert.match(run('story', 'publish', file).out, /^updated/);
    assert.match(await text('/markets/bad-pictures/'), /<img src="\/pictures\/[^>]* alt="x"/);
});

test('without the helper stories are published all the same, and it is said what is missing', async () => {
    put('new.png', png(320, 320, { seed: 6 }));
    const file = put('new.md', '---\ntitle: No helper\nsection: markets\npicture: new.png\n---\nWords.\n');
    const told = run('story', 'publish', file, '--image-helper', '/none/such');
    assert.equal(told.status, 0, told.err);
    assert.match(told.err, /picture new\.png was left out: .*\/none\/such/);
    await text('/markets/no-helper/');
    assert.match(run('story', 'publish', file).out, /^updated/);
    await assertAllThere(await text('/markets/no-helper/'));
});

test('a picture elsewhere is a link: nothing loads from there', async () => {
    const file = put('else.md', '---\ntitle: Elsewhere\nsection: markets\n---\nWords.\n\n![A ship](https://pictures.example/ship.jpg)\n');
    run('story', 'publish', file);
    const page = await text('/markets/elsewhere/');
    assert.match(page, /<figure class="elsewhere"><a href="https:\/\/pictures\.example\/ship\.jpg"[^>]*>Picture at pictures\.example: A ship<\/a><\/figure>/);
    assert.doesNotMatch(page, /src(set)?="https:\/\/pictures/);
});

test('picture add takes in what it can, says why not else, and moves the focal point', async () => {
    const good = put('good.png', png(900, 900, { seed: 7 }));
    assert.match(run('picture', 'add', good, '--alt', 'Good', '--focus', '0,100').out, /^added \/pictures\/.*-900\.jpg \(900 by 900\)/);
    put('good.md', '---\ntitle: Good\nsection: markets\npicture: good.png\n---\nWords.\n');
    run('story', 'publish', join(files, 'good.md'));
    assert.match(await text('/markets/good/'), /<img class="focus-02"/);
    assert.equal(run('picture', 'add', good, '--focus', '100,0').status, 0);
    assert.match(await text('/markets/good/'), /<img class="focus-20"/);
    const mixed = run('picture', 'add', good, join(files, 'drawing.svg'));
    assert.equal(mixed.status, 1);
    assert.match(mixed.err, /drawing\.svg: is an SVG drawing/);
    assert.match(mixed.err, /1 of 2 files could not be taken in/);
    for (const focus of ['1', '101,0', '-1,0', 'a,b', '']) assert.equal(run('picture', 'add', good, '--focus', focus).status, 1);
});

test('an archive brings the pictures along, byte for byte', async (t) => {
    const copy = createPublication({ bare: true });
    t.after(() => copy.remove());
    const file = join(copy.data, 'all.tar.zst');
    assert.equal(run('export', 'archive', file).status, 0);
    copy.run('import', 'archive', file);
    const restored = await serve(copy);
    const there = client(restored);
    try {
        const page = await text('/markets/the-bull/');
        assert.equal((await there.get('/markets/the-bull/')).body.toString(), page);
        for (const path of new Set(page.match(/\/pictures\/[0-9a-f/]+-[a-z0-9]+\.[a-z]+/g))) {
            const [was, is] = [await get(path), await there.get(path)];
            assert.equal(is.status, 200, path);
            assert.ok(is.body.equals(was.body), path);
            assert.equal(is.headers.etag, was.headers.etag);
        }
        // What is known already is not made again.
        assert.match(copy.run('picture', 'add', join(files, 'lead photo.png')), /^nothing new/);
    } finally {
        there.close();
        await restored.stop();
    }
});

test('of the pictures of the corpora every photograph, chart and animation is taken in, and every drawing refused', async (t) => {
    const folder = join(process.env.CORPORA ?? '', 'pictures');
    if (!process.env.CORPORA || !existsSync(folder)) { t.skip('CORPORA has no pictures'); return; }
    const all = readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
    const isDrawing = (path) => /\.svg$/.test(path);
    assert.ok(all.some(isDrawing) && all.some((path) => /\.jpe?g$/.test(path)) && all.some((path) => /\.gif$/.test(path)));
    await forAll(all, 2, async (path) => {
        const told = run('picture', 'add', path);
        if (isDrawing(path)) assert.match(told.err, /is an SVG drawing/, path);
        else assert.match(told.out, /^added \/pictures\/\S+ \(\d+ by \d+\)/, `${path}: ${told.err}`);
        assert.equal(told.status, isDrawing(path) ? 1 : 0, path);
    });
    for (const name of pictureFiles()) {
        const [, width, type] = /-(\w+)\.(\w+)$/.exec(name), file = about(readFileSync(join(publication.data, 'pictures', name)));
        assert.equal(file.type, type, name);
        assert.ok(file.height > 0 && file.width === (Number(width) || file.width), `${name}: ${file.width}`);
    }
    rmSync(join(publication.data, 'in'), { recursive: true });
});
