// The demo publication with one page of every kind. DEMO may name the data of one, made by the same
// program, which is copied: its pictures take a while. SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newestMonth } from './fetch.mjs';
import { PROGRAM, serve } from './site.mjs';

// Makes and serves it, with further options of "serve": {data, server, pages: [{kind, path, status}], remove}.
export async function openDemo(...words) {
    const data = mkdtempSync(join(tmpdir(), 'broadsheet-'));
    const run = (...words) => execFileSync(PROGRAM, [...words, '--data', data], { encoding: 'utf8' });
    if (process.env.DEMO) cpSync(process.env.DEMO, data, { recursive: true });
    else run('demo');
    const stories = run('story', 'list', '--json', '--limit', '1000').trim().split('\n').map((row) => JSON.parse(row));
    const gone = stories.at(-1);
    run('story', 'withdraw', gone.path, '--reason', 'Its figures were wrong.');
    const server = await serve({ data, options: [], children: new Set() }, ...words);
    const text = async (path) => (await fetch(server.url + path)).text();
    const first = async (path, pattern) => pattern.exec(await text(path))?.[1];
    // The fullest story shows the most: comments, a correction, topics, who wrote it.
    const fullest = async () => {
        const sizes = await Promise.all(stories.filter((one) => one !== gone).map(async ({ path }) => [path, (await text(path)).length]));
        const ranked = sizes.sort((a, b) => b[1] - a[1]);
        for (const [path] of ranked) if ((await text(path)).includes('id="comments"')) return path;
        return ranked[0][0];
    };
    const corrected = (await first('/corrections/', /<h2><a href="([^"#]*)#corrections"/));
    const story = await fullest();
    const video = await first('/videos/', /<h3><a href="([^"]*)"/);
    const markets = '/markets/';
    const month = await newestMonth(server.url);
    const versions = corrected && await first(corrected, /href="([^"]*\/versions\/)"/);
    const pages = [
        { kind: 'front', path: '/' },
        { kind: 'section', path: markets },
        { kind: 'subsection', path: '/markets/stocks/' },
        { kind: 'story', path: story },
        { kind: 'video', path: video },
        { kind: 'videos', path: '/videos/' },
        { kind: 'opinion', path: '/opinion/' },
        { kind: 'live', path: '/banking/five-bank-chiefs-before-the-finance-committee-as-it-happened/' },
        { kind: 'feature', path: '/mortgage/one-house-five-mortgages/' },
        { kind: 'author', path: await first(story, /href="([^"]*)" rel="author"/) ?? await first('/sitemap/pages.xml', /(\/author\/[^<]*)</) },
        { kind: 'topic', path: await first(story, /href="([^"]*)" rel="tag"/) },
        { kind: 'month', path: month },
        { kind: 'archive', path: '/archive/' },
        { kind: 'page', path: '/about/' },
        { kind: 'latest', path: '/latest/' },
        { kind: 'events', path: '/events/' },
        { kind: 'event', path: '/events/reading-accounts/' },
        { kind: 'corrected', path: corrected },
        { kind: 'corrections', path: '/corrections/' },
        { kind: 'versions', path: versions },
        { kind: 'version', path: versions && `${versions}1/` },
        { kind: 'comparison', path: versions && `${versions}1-2/` },
        { kind: 'missing', path: '/nothing-here/', status: 404 },
        { kind: 'withdrawn', path: gone.path, status: 410 },
    ].filter((page) => page.path).map((page) => ({ status: 200, ...page }));
    return { data, server, pages, remove: () => rmSync(data, { recursive: true, force: true }) };
}
