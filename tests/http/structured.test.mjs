// What pages tell machines: every kind of page carries JSON that parses and says what it must.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDemo } from '../lib/demo.mjs';

const ARTICLES = ['NewsArticle', 'AnalysisNewsArticle', 'OpinionNewsArticle', 'BackgroundNewsArticle'];
const MEMBERS = {
    ...Object.fromEntries(ARTICLES.map((type) => [type, ['headline', 'description', 'articleSection', 'mainEntityOfPage', 'inLanguage', 'datePublished', 'dateModified', 'author', 'publisher', 'isAccessibleForFree', 'wordCount']])),
    LiveBlogPosting: ['headline', 'description', 'datePublished', 'dateModified', 'author', 'publisher', 'coverageStartTime', 'liveBlogUpdate'],
    BlogPosting: ['headline', 'datePublished', 'articleBody', 'url'],
    BreadcrumbList: ['itemListElement'],
    ListItem: ['position', 'name', 'item'],
    Person: ['name', 'url'],
    Organization: ['name'],
    NewsMediaOrganization: ['name', 'url'],
    WebSite: ['name', 'url', 'publisher'],
    ProfilePage: ['mainEntity'],
    VideoObject: ['name', 'description', 'uploadDate', 'url'],
    CorrectionComment: ['text', 'datePublished'],
    Event: ['name', 'startDate', 'location', 'url'],
    Place: ['name'],
    VirtualLocation: ['url'],
    Offer: ['url'],
};
const WANTED = {
    front: ['WebSite', 'NewsMediaOrganization'],
    story: ['BreadcrumbList', 'Person', 'NewsMediaOrganization'],
    corrected: ['BreadcrumbList', 'CorrectionComment'],
    video: ['VideoObject', 'BreadcrumbList'],
    live: ['LiveBlogPosting', 'BlogPosting', 'BreadcrumbList'],
    author: ['ProfilePage', 'Person', 'BreadcrumbList'],
    ...Object.fromEntries(['section', 'subsection', 'topic', 'month', 'archive', 'page', 'latest', 'corrections', 'versions', 'version', 'comparison'].map((kind) => [kind, ['BreadcrumbList']])),
};

let demo;
before(async () => { demo = await openDemo(); });
after(async () => { try { await demo?.server.stop(); } finally { demo?.remove(); } });

const text = async (path) => (await fetch(demo.server.url + path)).text();
const scripts = (page) => [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) => JSON.parse(json));

// Every thing that is told of, however deep.
function* things(value) {
    if (Array.isArray(value)) for (const one of value) yield* things(one);
    else if (value && typeof value === 'object') {
        if (value['@type']) yield value;
        for (const one of Object.values(value)) yield* things(one);
    }
}

// A reference by @id alone says nothing itself; in a longer list of things it need not.
function faults(thing) {
    const wanted = MEMBERS[thing['@type']];
    if (!wanted) return [`${thing['@type']} is not known to this test`];
    return wanted.filter((name) => thing[name] === undefined || thing[name] === '' || (Array.isArray(thing[name]) && !thing[name].length)).map((name) => `${thing['@type']} without ${name}`);
}

test('every kind of page carries JSON that says what it must', async () => {
    for (const { kind, path, status } of demo.pages) {
        const found = [...things(scripts(await text(path)))];
        const types = found.map((thing) => thing['@type']);
        assert.deepEqual(found.flatMap(faults), [], `${path} (${kind})`);
        for (const wanted of WANTED[kind] ?? []) assert.ok(types.includes(wanted), `${path} (${kind}) tells of no ${wanted}: ${types}`);
        if (status === 200 && kind === 'story') assert.ok(types.some((type) => ARTICLES.includes(type)), path);
        if (status !== 200) assert.equal(found.length, 0, path);
    }
});

test('what is told to machines is what readers see', async () => {
    const { path } = demo.pages.find(({ kind }) => kind === 'story');
    const page = await text(path);
    const [article, crumbs] = scripts(page);
    const decode = (s) => s.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    assert.equal(article.headline, decode(/<h1>(.*?)<\/h1>/s.exec(page)[1]));
    assert.ok(article.mainEntityOfPage.endsWith(path));
    const times = [...page.matchAll(/<time datetime="([^"]*)"/g)].map(([, time]) => time);
    assert.ok(times.includes(article.datePublished) && times.includes(article.dateModified));
    assert.ok(Date.parse(article.datePublished) <= Date.parse(article.dateModified));
    for (const { name, url } of article.author) assert.ok(page.includes(`href="${new URL(url).pathname}" rel="author">${name}<`), name);
    for (const [i, { position, item }] of crumbs.itemListElement.entries()) {
        assert.equal(position, i + 1);
        assert.equal((await fetch(demo.server.url + new URL(item).pathname)).status, 200, item);
    }
    const property = (name) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(page)?.[1];
    assert.equal(decode(property('og:title')), article.headline);
    assert.equal(property('article:published_time'), article.datePublished);
    assert.ok(property('twitter:card'));
});

test('each kind of story says which it is', async () => {
    const wanted = { analysis: 'AnalysisNewsArticle', opinion: 'OpinionNewsArticle', explainer: 'BackgroundNewsArticle', news: 'NewsArticle', wire: 'NewsArticle', video: 'NewsArticle', live: 'LiveBlogPosting' };
    const seen = new Set();
    for (const [, path] of (await text('/sitemap.xml')).matchAll(/<loc>[^<]*(\/sitemap\/\d[^<]*)<\/loc>/g))
        for (const [, story] of (await text(path)).matchAll(/<loc>[a-z]+:\/\/[^/<]*([^<]*)<\/loc>/g)) {
            const page = await text(story);
            const kind = /<main id="main" class="story story-([a-z]+)/.exec(page)?.[1];
            if (!kind) continue;
            seen.add(kind);
            const [article] = scripts(page);
            assert.equal(article['@type'], wanted[kind], story);
            if (kind === 'wire') assert.ok(article.isBasedOn, `${story} says where it comes from`);
        }
    assert.ok(seen.size >= 5, [...seen].join());
});
