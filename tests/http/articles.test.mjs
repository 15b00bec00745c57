// Real articles, published as a folder and read as a reader would: whole, in their archives, with
// every link of the site leading somewhere. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client, forAll, links, patiently } from '../lib/fetch.mjs';
import { createPublication, serve } from '../lib/site.mjs';
import { textOf, wordsOf, sourceOf, shared } from '../lib/words.mjs';

const FOLDER = join(process.env.CORPORA ?? '', 'articles');
const skip = process.env.CORPORA && existsSync(FOLDER) ? false : 'CORPORA names no folder with articles';
const BASE = 'http://127.0.0.1:8080'; // what "init" says; only links begin with it
const WORDS_LEAST = 0.98;
const SHARES = 12; // pictures drawn for links to stories: a few speak for all

let publication, server, reader, stories, sources, report;

// Pages of the site by their path; redirects are followed.
async function page(path) {
    let answer = await patiently(reader.get, path);
    for (let hops = 0; hops < 5 && [301, 302, 308].includes(answer.status); hops++) {
        const to = answer.headers.location.replace(BASE, '');
        answer = await reader.get(to);
    }
    return answer;
}

const html = async (path) => {
    const answer = await page(path);
    assert.equal(answer.status, 200, path);
    return answer.body.toString();
};

const rows = () => publication.run('story', 'list', '--json', '--limit', '100000').trim().split('\n').map(JSON.parse);

before(async () => {
    if (skip) return;
    publication = createPublication({ preset: 'blank' });
    publication.run('section', 'add', 'news', '--name', 'News');
    report = publication.run('story', 'publish', FOLDER, '--section', 'news');
    stories = rows();
    sources = readdirSync(FOLDER).filter((name) => /\.(md|html?)$/.test(name)).sort()
        .map((name) => sourceOf(readFileSync(join(FOLDER, name), 'utf8'), name));
    server = await serve(publication);
    reader = client(server, { sockets: 4 });
});

after(async () => {
    reader?.close();
    try { await server?.stop(); } finally { publication?.remove(); }
});

test('every file of the folder becomes a story', { skip }, (t) => {
    t.diagnostic(report.trim());
    assert.match(report, new RegExp(`^${sources.length} published, 0 updated, 0 unchanged, 0 failed`));
    assert.equal(stories.length, sources.length);
});

test('publishing the folder a second time changes nothing', { skip }, () => {
    const again = publication.run('story', 'publish', FOLDER, '--section', 'news');
    assert.match(again, new RegExp(`^0 published, 0 updated, ${sources.length} unchanged, 0 failed`));
    assert.deepEqual(rows(), stories);
});

test('each article answers at its address with its title and its words', { skip }, async (t) => {
    const faults = [];
    const waiting = byTitle(sources);
    let least = 1, sum = 0;
    await forAll(stories, 4, async (story) => {
        const text = await html(story.path);
        const h1 = textOf(/<h1>([\s\S]*?)<\/h1>/.exec(text)[1]);
        const body = /<div class="body">([\s\S]*)<hr class="story-end">/.exec(text)[1];
        // Where two have the same title the body tells which is which.
        const words = wordsOf(textOf(body));
        const same = waiting.get(h1) ?? [];
        if (!same.length) { faults.push(`${story.path}: no article has the title ${JSON.stringify(h1)}`); return; }
        const best = same.map((source) => ({ source, part: shared(source.words, words) })).sort((a, b) => b.part - a.part)[0];
        same.splice(same.indexOf(best.source), 1);
        least = Math.min(least, best.part);
        sum += best.part;
        if (best.part < WORDS_LEAST)
            faults.push(`${story.path}: ${(best.part * 100).toFixed(1)} % of the words of ${best.source.name}; missing ${best.source.missing(words).slice(0, 12).join(' ')}`);
    });
    t.diagnostic(`least ${(least * 100).toFixed(2)} %, mean ${(sum / stories.length * 100).toFixed(3)} % of the words`);
    assert.equal(faults.length, 0, `${faults.length}\n${faults.slice(0, 30).join('\n')}`);
});

function byTitle(list) {
    const groups = new Map();
    for (const one of list) groups.set(one.title, [...groups.get(one.title) ?? [], one]);
    return groups;
}

const main = (text) => /<main[\s\S]*<\/main>/.exec(text)[0];
const hrefs = (text) => [...text.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);

// The stories that a place's archive lists, from its index through months and their parts.
async function archived(place) {
    const months = hrefs(main(await html(`${place}archive/`))).filter((path) => new RegExp(`^${place}\\d{4}/\\d\\d/$`).test(path));
    assert.equal(new Set(months).size, months.length, `${place}archive/ names a month twice`);
    const found = [];
    await forAll(months, 4, async (month) => {
        const first = main(await html(month));
        const nav = /<nav class="children"[\s\S]*?<\/nav>/.exec(first)?.[0] ?? '';
        const parts = nav ? hrefs(nav) : [month];
        assert.equal(new Set(parts).size, parts.length, `${month} names a part twice`);
        for (const part of parts)
            found.push(...[...main(await html(part)).matchAll(/<h3><a href="([^"]*)">/g)].map((match) => match[1]));
    });
    return found;
}

for (const place of ['/', '/news/'])
    test(`the archive of ${place} holds each story exactly once`, { skip }, async () => {
        assert.deepEqual((await archived(place)).sort(), stories.map((story) => story.path).sort());
    });

test('every link of the site leads somewhere', { skip }, async (t) => {
    const known = new Set(['/', '/robots.txt', '/sitemap.xml']);
    const from = new Map();
    const faults = [];
    let rest = [...known];
    const kinds = {};
    let shares = 0;
    while (rest.length) {
        const next = [];
        await forAll(rest, 4, async (path) => {
            const answer = await page(path);
            kinds[answer.status] = (kinds[answer.status] ?? 0) + 1;
            if (answer.status !== 200) { faults.push(`${path} of ${from.get(path)}: ${answer.status}`); return; }
            if (!/^(text\/html|application\/(xml|rss))/.test(answer.headers['content-type'])) return;
            // What stands in bodies is the articles' own; their sites had other pages.
            const ours = answer.body.toString().replace(/<guid isPermaLink="false">[^<]*/g, '').replace(/<div class="body">[\s\S]*<hr class="story-end">/, '')
                .replace(/<content:encoded>[\s\S]*?<\/content:encoded>/g, '');
            for (const link of links(ours, BASE)) {
                if (known.has(link) || (link.startsWith('/share/') && ++shares > SHARES)) continue;
                known.add(link);
                from.set(link, path);
                next.push(link);
            }
        });
        rest = next;
    }
    t.diagnostic(`${known.size} addresses: ${JSON.stringify(kinds)}`);
    assert.ok(known.size > stories.length);
    assert.equal(faults.length, 0, `${faults.length}\n${faults.slice(0, 30).join('\n')}`);
});
