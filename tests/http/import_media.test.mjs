// The pictures of an import: from a copy of the old server's uploads into the texts that show them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { test } from 'node:test';
import { FOLDER, export_, item, itemsOf, readExport, skip } from '../lib/export.mjs';
import { client, forAll } from '../lib/fetch.mjs';
import { png } from '../lib/picture.mjs';
import { ENGINES, PROGRAM, createPublication, serve } from '../lib/site.mjs';

const UPLOADS = 'https://old.example/wp-content/uploads/';
const upload = (id, path, more = '') => item(id, { type: 'attachment', status: 'inherit', title: `Up ${id}`, link: `https://old.example/up-${id}/`,
    more: `<wp:attachment_url>${path.includes('//') ? path : UPLOADS + path}</wp:attachment_url>${more}` });
const featured = (id) => `<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${id}</wp:meta_value></wp:postmeta>`;

// A folder with an export and its uploads, which goes at the end.
function makeFolder(t, xml, files = {}) {
    const root = mkdtempSync(join(tmpdir(), 'media-'));
    t.after(() => rmSync(root, { recursive: true, force: true }));
    const media = join(root, 'uploads'), path = join(root, 'site.xml');
    mkdirSync(media);
    writeFileSync(path, xml);
    for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(media, name)), { recursive: true });
        writeFileSync(join(media, name), bytes);
    }
    return { root, media, path };
}

function makePublication(t, options = {}) {
    const publication = createPublication(options);
    const open = [];
    t.after(async () => {
        for (const { reader, server } of open) {
            reader.close();
            await server.stop();
        }
        publication.remove();
    });
    const words = (path, media) => ['import', 'wordpress', path, ...(media ? ['--media', media] : []), '--data', publication.data, ...publication.options];
    return Object.assign(publication, {
        words,
        reader: async () => {
            const server = await serve(publication), reader = client(server, { sockets: 4 });
            open.push({ server, reader });
            return reader;
        },
        import: (path, media, ...more) => JSON.parse(execFileSync(PROGRAM, [...words(path, media), '--json', ...more], { encoding: 'utf8' })),
    });
}

const dump = (publication) => execFileSync('sqlite3', [join(publication.data, 'broadsheet.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 });

// Every row but for times and the hashes that hold them.
const rows = (publication) => dump(publication).replace(/^INSERT INTO (?:schema_migration|job) .*\n/gm, '').replace(/\b1[789]\d{11}\b/g, 'TIME')
    .replace(/'[0-9a-f]{64}'/g, 'HASH');

// What a killed process left half-written begins with a dot; it is swept after an hour.
const filesOf = (publication) => (existsSync(join(publication.data, 'pictures'))
    ? readdirSync(join(publication.data, 'pictures'), { recursive: true }).filter((name) => /^[^.].*-/.test(name)).sort() : []);
const picturesOf = (html) => [...new Set(html.match(/\/pictures\/[0-9a-f/]+-[a-z0-9]+\.[a-z]+/g))];

const bodyOf = (answer) => /<main[\s\S]*<\/main>/.exec(answer.body.toString())[0];

const SITE = () => export_([
    upload(11, '2020/05/lead.png', '<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>The lead</wp:meta_value></wp:postmeta>'),
    upload(12, '2020/05/wide-scaled.png'), upload(13, '2019/01/flat.png'), upload(14, '2020/05/none.png'),
    upload(15, '2020/05/broken.png'), upload(16, '2020/05/drawing.svg'), upload(17, '2020/05/report.pdf'),
    upload(18, '2020/05/se%C3%B1or.png', '<excerpt:encoded>A gentleman</excerpt:encoded>'),
    item(1, { title: 'Lead', more: featured(11), body: `<!-- wp:paragraph --><p>Words.</p><!-- /wp:paragraph -->
<!-- wp:image {"id":12} --><figure class="wp-block-image"><img src="https://www.old.example/wp-content/uploads/2020/05/wide-1024x683.png" alt="Wide"/><figcaption>How wide</figcaption></figure><!-- /wp:image -->
<!-- wp:gallery --><figure class="wp-block-gallery"><figure class="wp-block-image"><img src="${UPLOADS}2020/05/lead-300x200.png" alt="In it"/><figcaption>First</figcaption></figure><figure class="wp-block-image"><img src="https://i0.wp.com/old.example/wp-content/uploads/2019/01/flat.png?resize=300%2C200&amp;ssl=1" alt="Second"/></figure></figure><!-- /wp:gallery -->
<!-- wp:media-text --><div class="wp-block-media-text"><figure><img src="/wp-content/uploads/2020/05/se%C3%B1or.png" alt="Beside"/></figure><div><p>Told.</p></div></div><!-- /wp:media-text -->
<!-- wp:cover {"url":"${UPLOADS}2019/01/flat.png"} --><div class="wp-block-cover" style="background-image:url(${UPLOADS}2019/01/flat.png)"><p>Above</p></div><!-- /wp:cover -->` }),
    item(2, { title: 'Gallery', body: `Before\n\n[gallery ids="11,18,14"]\n\n[caption id="x"]<a href="${UPLOADS}2019/01/flat.png"><img src="${UPLOADS}2019/01/flat-150x150.png" alt="Flat" width="150" height="150" /></a> It is flat[/caption]\n\nAfter` }),
    item(3, { title: 'About', type: 'page', link: 'https://old.example/about/', body: `<p>Us</p><img src="${UPLOADS}2020/05/lead.png" alt="All of us" />` }),
    item(4, { title: 'Hidden', status: 'draft', body: `<img src="${UPLOADS}2020/05/lead.png" alt="" />` }),
]);
const MEDIA = () => ({
    '2020/05/lead.png': png(700, 500, { seed: 1 }), '2020/05/wide.png': png(640, 400, { seed: 2 }), 'flat.png': png(360, 360, { seed: 3 }),
    '2020/05/señor.png': png(330, 330, { seed: 4, alpha: true }), '2020/05/broken.png': png(300, 300).subarray(0, 400),
    '2020/05/drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
});
const COUNTS = { came_in: 4, known: 0, not_found: 1, refused: 2, texts: 4 };

for (const engine of ENGINES)
    test(`${engine}: pictures come in behind the texts, on a running site, whose pages then show them`, async (t) => {
        const { media, path } = makeFolder(t, SITE(), MEDIA()), publication = makePublication(t, { engine });
        const reader = await publication.reader();
        const text = async (address) => {
            const answer = await reader.get(address);
            assert.equal(answer.status, 200, address);
            return bodyOf(answer);
        };
        publication.import(path);
        const pages = ['/2020/item-1/', '/2020/item-2/', '/about/', '/'];
        for (const page of pages) assert.equal(picturesOf(await text(page)).length, 0, page);
        assert.match(await text('/2020/item-1/'), /class="elsewhere"/);

        const report = publication.import(path, media);
        assert.deepEqual(report.files, COUNTS);
        assert.deepEqual(Object.keys(report.refused).length, 2);
        assert.match(JSON.stringify(report.refused), /is an SVG drawing/);
        assert.match(report.notes.join('\n'), /none\.png: there is no such file in .*uploads/);
        assert.match(report.notes.join('\n'), /2020\/05\/drawing\.svg: is an SVG drawing/);
        assert.equal(report.came_in.stories.unchanged, 3);

        const [lead, gallery, about, front] = await Promise.all(pages.map(text));
        assert.match(lead, /<source type="image\/avif" srcset="\/pictures\//);
        assert.match(lead, /<figure><picture><source type="image\/avif" srcset="\/pictures\/\S+-320\.avif 320w, [^"]*" sizes="[^"]+"><img src="\/pictures\/\S+" srcset="[^"]+" sizes="[^"]+" alt="Wide" width="640" height="400"[^>]*><\/picture><figcaption>How wide<\/figcaption><\/figure>/);
        assert.match(lead, /alt="In it" width="700" height="500"[^>]*><\/picture><figcaption>First<\/figcaption>/);
        assert.match(lead, /alt="Second" width="360" height="360"/);
        assert.match(lead, /alt="Beside" width="330" height="330"/);
        assert.equal(lead.match(/<img[^>]* width="360"/g).length, 2, 'the cover shows its picture');
        assert.doesNotMatch(lead, /elsewhere|old\.example/);
        assert.match(gallery, /<img src="\/pictures\/[^>]* width="330" height="330"[^>]*>(?:<\/picture>)?<figcaption>A gentleman<\/figcaption>/);
        assert.match(gallery, /alt="Flat" width="360" height="360"[\s\S]*?<figcaption>It is flat<\/figcaption>/);
        assert.match(gallery, /<figure class="elsewhere"><a href="https:\/\/old\.example\/wp-content\/uploads\/2020\/05\/none\.png"/);
        assert.match(about, /alt="All of us" width="700" height="500"/);
        assert.ok(picturesOf(front).length > 0, 'the card of the lead story shows its picture');
        for (const page of [lead, gallery, about, front])
            for (const picture of picturesOf(page)) assert.equal((await reader.get(picture)).status, 200, picture);

        // Whoever asks for the file where it was gets it.
        for (const old of ['2020/05/lead.png', '2019/01/flat.png', '2020/05/se%C3%B1or.png']) {
            const answer = await reader.get(`/wp-content/uploads/${old}`);
            assert.equal(answer.status, 301, old);
            assert.equal((await reader.get(answer.headers.location.replace(/^https?:\/\/[^/]+/, ''))).headers['content-type'], 'image/' +
                extname(answer.headers.location).slice(1).replace('jpg', 'jpeg'));
        }
    });

for (const engine of ENGINES)
    test(`${engine}: pictures that texts show and the export does not list come in as well`, async (t) => {
        const body = `<p>Words.</p><img src="${UPLOADS}2018/03/loose-300x200.png" alt="Small" /><img src="${UPLOADS}2018/03/loose.png" alt="Large" />
<img src="http://www.old.example/wp-content/uploads/2018/03/alone.png" alt="Alone" /><img src="${UPLOADS}2018/03/gone.png" alt="Gone" /><img src="https://other.example/uploads/2018/03/alone.png" alt="Theirs" />`;
        const site = export_([item(1, { title: 'Loose', body }), item(2, { title: 'About', type: 'page', link: 'https://old.example/about/', body: `<img src="${UPLOADS}2018/03/loose.png" alt="Again" />` })]);
        const { media, path } = makeFolder(t, site, { '2018/03/loose.png': png(600, 400, { seed: 5 }), '2018/03/alone.png': png(420, 300, { seed: 6 }) });
        const publication = makePublication(t, { engine });
        const report = publication.import(path, media);
        assert.deepEqual(report.files, { came_in: 2, known: 0, not_found: 1, refused: 0, texts: 2 });
        assert.match(report.notes.join('\n'), /gone\.png, which a text shows: there is no such file/);
        assert.equal(report.came_in.pictures.created, 2);
        const reader = await publication.reader();
        const text = async (address) => bodyOf(await reader.get(address));
        const loose = await text('/2020/item-1/');
        for (const [alt, width] of [['Small', 600], ['Large', 600], ['Alone', 420]])
            assert.match(loose, new RegExp(`<img src="/pictures/[^>]* alt="${alt}" width="${width}"`));
        assert.deepEqual(loose.match(/picture-link">[^<]*/g), ['picture-link">Picture at old.example: Gone', 'picture-link">Picture at other.example: Theirs']);
        assert.match(await text('/about/'), /alt="Again" width="600"/);
        assert.equal((await reader.get('/wp-content/uploads/2018/03/alone.png')).status, 301);
        // Nothing twice, and what changed over there keeps them.
        const again = publication.import(path, media);
        assert.deepEqual(again.files, { came_in: 0, known: 2, not_found: 1, refused: 0, texts: 0 });
        assert.equal(again.came_in.pictures.created, 0);
        writeFileSync(path, site.replace('<p>Words.', '<p>Other words.'));
        publication.import(path);
        const changed = await text('/2020/item-1/');
        assert.match(changed, /Other words/);
        assert.match(changed, /<img src="\/pictures\/[^>]* alt="Alone" width="420"/);
    });

test('a second import with pictures makes nothing, and what is gone from disk is made again', async (t) => {
    const { media, path } = makeFolder(t, SITE(), MEDIA()), publication = makePublication(t);
    assert.deepEqual(publication.import(path, media).files, COUNTS);
    const before = dump(publication), files = filesOf(publication);
    assert.deepEqual(publication.import(path, media).files, { came_in: 0, known: 4, not_found: 1, refused: 2, texts: 0 });
    assert.equal(dump(publication), before);
    rmSync(join(publication.data, 'pictures'), { recursive: true });
    assert.deepEqual(publication.import(path, media).files, { came_in: 4, known: 0, not_found: 1, refused: 2, texts: 0 });
    assert.equal(dump(publication), before);
    assert.deepEqual(filesOf(publication), files);
});

test('an import without the folder leaves the pictures that came in before, also in a text that changed', async (t) => {
    const { media, path, root } = makeFolder(t, SITE(), MEDIA()), publication = makePublication(t);
    publication.import(path, media);
    const changed = join(root, 'changed.xml');
    writeFileSync(changed, SITE().replace('Before\n', 'Before and changed\n').replace('<p>Us</p>', '<p>Us all</p>'));
    const report = publication.import(changed);
    assert.deepEqual([report.came_in.stories.updated, report.came_in.pages.updated], [1, 1]);
    const reader = await publication.reader();
    const gallery = bodyOf(await reader.get('/2020/item-2/')), about = bodyOf(await reader.get('/about/'));
    assert.match(gallery, /Before and changed[\s\S]*<img src="\/pictures\/[\s\S]*It is flat/);
    assert.match(about, /Us all[\s\S]*<img src="\/pictures\/[^>]* alt="All of us"/);
});

test('what was edited here stays edited, shows the pictures, and is kept from what changes over there', async (t) => {
    const { media, path, root } = makeFolder(t, SITE(), MEDIA()), publication = makePublication(t);
    publication.import(path);
    const note = join(root, 'note.html'), page = join(root, 'about.md');
    writeFileSync(note, `<p>Edited here</p><img src="${UPLOADS}2020/05/lead.png" alt="Mine">`);
    publication.run('story', 'edit', '/2020/item-2/', note);
    writeFileSync(page, `---\npath: /about/\ntitle: About\n---\nEdited page ![Ours](${UPLOADS}2020/05/lead.png)\n`);
    publication.run('page', 'save', page);
    assert.equal(publication.import(path, media).files.texts, 4);
    const changed = join(root, 'changed.xml');
    writeFileSync(changed, SITE().replace('Before\n', 'Changed\n').replace('<p>Us</p>', '<p>Us all</p>').replace('<p>Words.</p>', '<p>Other words.</p>'));
    const report = publication.import(changed, media);
    assert.deepEqual([report.came_in.stories.kept, report.came_in.stories.updated, report.came_in.pages.kept], [1, 1, 1]);
    const reader = await publication.reader();
    assert.match(bodyOf(await reader.get('/2020/item-2/')), /Edited here[\s\S]*<img src="\/pictures\/[^>]* alt="Mine"/);
    assert.match(bodyOf(await reader.get('/about/')), /Edited page[\s\S]*<img src="\/pictures\/[^>]* alt="Ours"/);
    assert.match(bodyOf(await reader.get('/2020/item-1/')), /Other words[\s\S]*<img src="\/pictures\//);
});

test('an import that is killed among the pictures goes on to the same rows and files', async (t) => {
    const names = Array.from({ length: 8 }, (_, i) => `2021/01/p${i}.png`);
    const xml = export_([...names.map((name, i) => upload(100 + i, name)),
        ...names.map((name, i) => item(i + 1, { body: `<p>Words</p><img src="${UPLOADS}${name}" alt="${i}" />`, more: featured(100 + i) }))]);
    const { media, path } = makeFolder(t, xml, Object.fromEntries(names.map((name, i) => [name, png(320 + i, 320, { seed: i })])));
    const whole = makePublication(t);
    whole.import(path, media);
    for (const at of [1, 3, 6]) {
        const publication = makePublication(t);
        const child = spawn(PROGRAM, publication.words(path, media), { stdio: 'ignore' });
        const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal)));
        const made = () => Number(execFileSync('sqlite3', ['-cmd', '.timeout 10000', join(publication.data, 'broadsheet.db'),
            "SELECT count(*) FROM picture WHERE stem <> ''"], { encoding: 'utf8' }));
        while (made() < at);
        child.kill('SIGKILL');
        assert.equal(await ended, 'SIGKILL');
        const before = made(), files = publication.import(path, media).files;
        assert.ok(before >= at && before < 8, `${before} were in`);
        assert.deepEqual(files, { came_in: 8 - before, known: before, not_found: 0, refused: 0, texts: 8 });
        assert.equal(rows(publication), rows(whole));
        assert.deepEqual(filesOf(publication), filesOf(whole));
    }
});

test('nothing but files of the folder is ever opened', async (t) => {
    const hostile = ['../secret.png', '2020/../../secret.png', '%2e%2e/secret.png', '..%2fsecret.png', 'link.png', 'out/secret.png', 'in/inner.png', 'pipe.png',
        'folder.png', './/.//secret.png', 'a%00.png', `${'x'.repeat(300)}.png`, `${'d/'.repeat(40)}secret.png`, '/etc/passwd.png', '%', '?a.png', '#.png', '...png'];
    const xml = export_([...hostile.map((name, i) => upload(100 + i, name)), upload(300, 'https://old.example'), upload(301, 'javascript:alert(1)//x.png'),
        upload(302, '\u202e\ud83d\ude00.png'), upload(303, 'good.png'), item(1, { body: hostile.map((name) => `<img src="${UPLOADS}${name}" alt="x" />`).join('\n') })]);
    const { media, path, root } = makeFolder(t, xml, { 'good.png': png(320, 320), 'in/real/inner.png': png(321, 320) });
    writeFileSync(join(root, 'secret.png'), png(333, 333));
    symlinkSync(join(root, 'secret.png'), join(media, 'link.png'));
    symlinkSync(root, join(media, 'out'));
    mkdirSync(join(media, 'folder.png'));
    execFileSync('mkfifo', [join(media, 'pipe.png')]);
    const publication = makePublication(t), report = publication.import(path, media);
    assert.equal(report.files.came_in, 1, JSON.stringify(report));
    assert.equal(report.files.refused, 0);
    const sizes = execFileSync('sqlite3', [join(publication.data, 'broadsheet.db'), "SELECT width FROM picture WHERE stem <> ''"], { encoding: 'utf8' });
    assert.equal(sizes.trim(), '320');
    // A link as the folder itself is what was asked for.
    const again = makePublication(t);
    symlinkSync(media, join(root, 'link'));
    assert.equal(again.import(path, join(root, 'link')).files.came_in, 1);
});

test('without the helper or the folder it is said at once, and nothing is written', async (t) => {
    const { media, path, root } = makeFolder(t, SITE(), MEDIA()), publication = makePublication(t), before = dump(publication);
    const fails = (...words) => {
        const { status, stderr } = spawnSync(PROGRAM, words, { encoding: 'utf8' });
        assert.equal(status, 1, stderr);
        assert.equal(dump(publication), before);
        return stderr;
    };
    assert.match(fails(...publication.words(path, media), '--image-helper', '/none/such'),
        /--media needs the program that prepares pictures: .*\/none\/such.*without --media the texts come in/);
    assert.match(fails(...publication.words(path, join(root, 'none'))), /none: the folder of the uploads cannot be opened/);
    assert.match(fails(...publication.words(path, path)), /site\.xml: the folder of the uploads cannot be opened: Not a directory/);
    const dry = publication.import(path, media, '--dry-run');
    assert.deepEqual(dry.files, { came_in: 6, known: 0, not_found: 1, refused: 0, texts: 0 });
    assert.equal(dump(publication), before);
    assert.deepEqual(filesOf(publication), []);
    assert.match(execFileSync(PROGRAM, publication.words(path, media), { encoding: 'utf8' }),
        /Files of pictures: 4 came in, 0 were there, 1 not found, 2 refused; 4 texts show them now/);
});

// ---- real ones

const pictures = join(process.env.CORPORA ?? '', 'pictures');
const skipReal = skip || (existsSync(pictures) ? false : 'CORPORA has no pictures');

test('the theme test: with uploads put together from other pictures, each that comes in shows where it belongs', { skip: skipReal }, async (t) => {
    const path = join(FOLDER, 'themeunittestdata.wordpress.xml'), items = itemsOf(readExport(path));
    const addressOf = (xml) => /<wp:attachment_url>(?:<!\[CDATA\[)?([^<\]]*)/.exec(xml)?.[1].trim() ?? '';
    const wanted = [...new Set(items.filter((i) => i.type === 'attachment').map((i) => addressOf(i.xml)))].filter((a) => /\.(jpe?g|png|gif)$/i.test(a));
    const small = readdirSync(pictures).filter((file) => !/\.svg$/.test(file));
    const { media } = makeFolder(t, '');
    const named = wanted.slice(0, small.length);
    named.forEach((address, i) => {
        const file = join(media, decodeURIComponent(new URL(address).pathname.replace(/^.*\/(?:uploads|files)\//, '/')));
        mkdirSync(dirname(file), { recursive: true });
        copyFileSync(join(pictures, small[i]), file);
    });
    const publication = makePublication(t), report = publication.import(path, media);
    assert.ok(named.length > 20);
    assert.equal(report.files.came_in + report.files.refused, named.length, JSON.stringify(report.files));
    assert.ok(report.files.came_in >= named.length * 0.8, JSON.stringify(report.refused));
    for (const reason of Object.keys(report.refused)) assert.ok(reason.length > 15, reason);
    assert.deepEqual(publication.import(path, media).files, { ...report.files, came_in: 0, known: report.files.came_in, texts: 0 });
    const reader = await publication.reader();
    const shown = items.filter((i) => i.type === 'post' && i.status === 'publish' && !i.password && named.some((address) => i.content.includes(address)));
    t.diagnostic(`${report.files.came_in} files of ${wanted.length} uploads; ${report.files.texts} texts show them; ${shown.length} stories name one in full`);
    await forAll(shown, 4, async (story) => {
        let answer = await reader.get(`/?p=${story.id}`);
        while (answer.status === 301) answer = await reader.get(answer.headers.location.replace(/^https?:\/\/[^/]+/, ''));
        assert.equal(answer.status, 200, story.title);
        const all = picturesOf(bodyOf(answer));
        assert.ok(all.length > 0 || report.files.refused > 0, story.title);
        for (const picture of all) assert.equal((await reader.get(picture)).status, 200, picture);
    });
});
