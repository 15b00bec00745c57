// Hostile texts in every field, and what a page that shows them must and must not hold.
// SPDX-License-Identifier: Apache-2.0
import { newestMonth } from './fetch.mjs';
import { plant } from './planter.mjs';
import { createPublication, serve } from './site.mjs';

const SECTION_GROUPS = 25; // groups of payloads whose stories share a section
const MENU_LINKS = 40;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8');

// At most `most` bytes, without half a character.
function cut(text, most) {
    const bytes = encoder.encode(text);
    return bytes.length <= most ? text : decoder.decode(bytes.slice(0, most)).replace(/\uFFFD+$/, '');
}

// What the store takes: no NUL, and whole characters.
const stored = (text) => decoder.decode(encoder.encode(text.replaceAll('\0', '')));
// Names stand in one line.
const oneLine = (text) => stored(text).replace(/[\0-\x1f\x7f]/g, ' ');

// The payloads of a group, each with the mark behind it, for a field of so many bytes.
function joined(group, mark, most, store) {
    const room = Math.floor(most / group.length) - 16;
    return group.map((payload, i) => `${cut(store(payload), room)} ${mark}.${i}`).join(' ').trim();
}
const text = (group, mark, most) => joined(group, mark, most, stored);
const line = (group, mark, most) => joined(group, mark, most, oneLine);
// An address is never empty: without one there would be no picture to look at.
const address = (group, i) => cut(stored(group[i % group.length]), 2000) || '/x';
// Pieces that are cleaned one by one, so that none hides in what another left open.
const pieces = (group, mark) => [`<p>${mark}</p>`, ...group.map(stored)];

// What is made of a group of payloads: a person, a topic, a static page and a story with comments, and
// one that is withdrawn. `n` numbers it.
function recordsOf(group, n) {
    const m = (field) => `q${n}${field}`;
    const form = n % 2 ? 'markdown' : 'html';
    const section = Math.floor(n / SECTION_GROUPS);
    const talk = (reader, comment, answerer, reply) => [{ name: line(group, m(reader), 200), url: address(group, 0), body: pieces(group, m(comment)), form,
        replies: [{ name: line(group, m(answerer), 200), url: address(group, 1), body: pieces(group, m(reply)), form: 'html' }] }];
    return {
        person: { make: 'person', slug: `p${n}`, name: line(group, m('person'), 200), role: text(group, m('role'), 500),
            biography: pieces(group, m('biography')), form },
        topic: { make: 'topic', slug: `t${n}`, name: line(group, m('topic'), 200), description: text(group, m('about'), 2000) },
        page: { make: 'page', path: `/page-${n}/`, title: line(group, m('title'), 500), description: text(group, m('about'), 2000),
            body: pieces(group, m('pagebody')), form: n % 2 ? 'html' : 'markdown', comments: talk('caller', 'call', 'host', 'welcome') },
        story: { make: 'story', n, slug: stored(group[0]), section, people: [n], topics: [n], form,
            headline: line(group, m('headline'), 500), standfirst: text(group, m('standfirst'), 2000),
            picture: { address: address(group, 0), alt: text(group, m('alt'), 2000), caption: text(group, m('caption'), 2000),
                credit: text(group, m('credit'), 500) },
            source_name: text(group, m('source'), 200), source_url: address(group, 1), video_url: address(group, 2),
            body: `<p>${m('body')}</p>\n\n${group.map(stored).join('\n\n')}`, note: text(group, m('note'), 2000),
            comments: talk('reader', 'comment', 'answerer', 'reply') },
        withdrawn: { make: 'story', n, slug: `w${n}`, section, headline: line(group, m('gone'), 500), standfirst: '',
            body: '<p>Gone</p>', form: 'html', withdraw: text(group, m('why'), 500) },
    };
}

function menu(payloads, from) {
    return Array.from({ length: Math.min(MENU_LINKS, payloads.length) }, (_, i) => {
        const payload = payloads[(from + i) % payloads.length];
        const item = { label: line([payload], `q${i}label`, 200), address: cut(stored(payload), 2000) };
        return i % 5 ? item : { ...item, children: [{ ...item }] };
    });
}

// Plants all payloads, `together` to a field, before them a harmless one: pages of it show how pages
// are built. Gives what to look at: {kind, path, n, record, …}.
export async function plantAll(publication, payloads, together) {
    const groups = [['harmless']];
    for (let at = 0; at < payloads.length; at += together) groups.push(payloads.slice(at, at + together));
    const made = groups.map(recordsOf);
    const sections = [];
    for (let n = 0; n < groups.length; n += SECTION_GROUPS)
        sections.push({ make: 'section', slug: `e${n}`, name: line(groups[n], `q${n}section`, 200), description: text(groups[n], `q${n}about`, 2000) });
    const records = [
        { make: 'publication', name: line(groups[1], 'q1name', 200), tagline: text(groups[1], 'q1tagline', 500),
            description: text(payloads.slice(0, 40), 'q1about', 4000) },
        ...['main', 'compact', 'company', 'more-info'].map((place, i) => ({ make: 'menu', place, items: menu(payloads, i * MENU_LINKS) })),
        ...sections,
        ...made.flatMap((group) => Object.values(group)),
    ];
    const pages = [];
    for (const [at, answer] of (await plant(publication, records)).entries()) {
        const record = records[at];
        if (answer.refused) throw new Error(`the model refused it, ${answer.refused}: ${JSON.stringify(record)}`);
        if (!answer.path) continue;
        if (!/^(\/[a-z0-9-]+)+\/$/.test(answer.path)) throw new Error(`an address of its own making: ${answer.path}`);
        const n = record.n ?? Number(/\d+/.exec(record.slug ?? record.path)[0]);
        pages.push({ kind: record.withdraw ? 'withdrawn' : record.make, path: answer.path, n, record,
            person: made[n].person, topic: made[n].topic, section: sections[record.section] });
    }
    pages.sort((one, other) => one.n - other.n);
    for (const [kind, path] of [['front', '/'], ['latest', '/latest/'], ['archive', '/archive/']]) pages.push({ kind, path });
    for (const payload of ['harmless', ...payloads.slice(0, 80)]) {
        pages.push({ kind: 'missing', path: `/x${encodeURIComponent(stored(payload)).replaceAll('%2F', '/')}` });
        pages.push({ kind: 'asked', path: `/topic/t0/?q=${encodeURIComponent(stored(payload))}` });
    }
    return pages;
}

// ---- what the page must show: [selector, attribute or "", text]

const talked = (comments, comment, reply) => [
    ['.comments > ol > li > .comment b', '', comments[0].name], ['.comments ol ol .comment b', '', comments[0].replies[0].name],
    ['.comments ol ol .reply-to', 'maybe', `to ${comments[0].name}`],
    ['.comments > ol > li > .comment .comment-text', 'mark', new RegExp(`q\\d+${comment}`)],
    ['.comments ol ol .comment-text', 'mark', new RegExp(`q\\d+${reply}`)],
];

export function expected({ kind, record, person, topic, section }) {
    switch (kind) {
    case 'story': return [
        ['h1', '', record.headline], ['.story-head .standfirst', '', record.standfirst], ['.story-head .label a', '', section.name],
        ['.story-picture img', 'alt', record.picture.alt], ['.story-picture .credit', '', `Credit: ${record.picture.credit}`],
        ['.story-picture figcaption', '', `${record.picture.caption} Credit: ${record.picture.credit}`],
        ['.byline.agency', '', record.source_name], ['.byline [rel=author]', '', person.name], ['.byline .role', '', `, ${person.role}`],
        ['.corrections .note', 'end', record.note], ['.topics li a', '', topic.name], ['.authors h2', '', person.name],
        ['.authors .meta', '', person.role], ['.breadcrumb [aria-current]', '', record.headline],
        ['.source', 'start', `Source: ${record.source_name}.`],
        ['title', 'start', record.headline], ['meta[property="og:title"]', 'content', record.headline],
        ['meta[name=description]', 'content', record.standfirst], ['meta[name=author]', 'content', person.name],
        ['meta[property="article:section"]', 'content', section.name], ['meta[property="article:tag"]', 'content', topic.name],
        ['meta[property="og:image:alt"]', 'content', record.picture.alt],
        ['json', 'headline', record.headline], ['json', 'description', record.standfirst], ['json', 'articleSection', section.name],
        ['json', 'isBasedOn', null], ['.story-body > .body', 'mark', /q\d+body/], ...talked(record.comments, 'comment', 'reply'),
    ];
    case 'person': return [['h1', '', record.name], ['.page-head .standfirst', '', record.role], ['.breadcrumb [aria-current]', '', record.name],
        ['title', 'start', record.name], ['meta[property="og:title"]', 'content', record.name], ['#stories', '', `Stories by ${record.name}`],
        ['.page-head .body', 'mark', /q\d+biography/]];
    case 'section':
    case 'topic': return [['h1', '', record.name], ['.page-head .standfirst', '', record.description], ['title', 'start', record.name],
        ['meta[name=description]', 'content', record.description]];
    case 'page': return [['h1', '', record.title], ['title', 'start', record.title], ['meta[name=description]', 'content', record.description],
        ['.page .body', 'mark', /q\d+pagebody/], ...talked(record.comments, 'call', 'welcome')];
    case 'withdrawn': return [['.error .standfirst', 'end', record.withdraw]];
    default: return [];
    }
}

// ---- in the browser

// Before anything of the page runs: whatever a payload would call leaves a word.
export function hook() {
    window.ran = [];
    const told = (name) => (...words) => { window.ran.push(`${name}(${words.join(' ').slice(0, 100)})`); };
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'postMessage'])
        try { window[name] = told(name); } catch { /* it cannot be replaced, nor is it */ }
    for (const name of ['log', 'info', 'warn', 'error', 'dir']) console[name] = told(name);
    document.write = told('document.write');
    document.writeln = told('document.writeln');
    window.addEventListener('error', (event) => { if (event.message) told('error')(event.message); });
}

// In the page: every fault in it, in words. `wanted` are rows of expected().
export function inspect(wanted) {
    const OURS = new Set(('html head meta title link script body a header div details summary nav ul li p h1 h2 h3 main article section ol ' +
        'span figure img figcaption time hr aside footer b picture source form fieldset legend button dialog dl dt dd input label small').split(' '));
    const BODY = new Set(('p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q cite table caption colgroup col thead tbody tfoot tr th td figure figcaption img ' +
        'pre code kbd samp var a em strong b i u s del ins mark small sub sup br hr abbr time span div section bdi bdo ruby rb rt rp rtc wbr picture dfn details summary ' +
        'address data center tt big strike').split(' '));
    const PLAIN = new Set(('class id href src alt width height lang title rel datetime type content name property charset http-equiv aria-label aria-labelledby ' +
        'aria-current loading media sizes color as crossorigin srcset decoding defer aria-hidden aria-pressed aria-expanded aria-controls aria-haspopup ' +
        'action method value hidden open tabindex role dir data-ago data-copy-link data-share data-print data-said data-bell data-seen').split(' '));
    const DRAWN = new Set(('svg path circle rect line g use polyline aria-hidden width height viewBox d fill stroke stroke-width class points x y r cx cy rx x1 y1 x2 y2 focusable ' +
        'stroke-linecap stroke-linejoin').split(' '));
    const IN_BODY = new Set(('class id href src alt width height lang title rel datetime colspan rowspan scope start reversed value type data-provider data-id dir cite ' +
        'headers abbr span decoding aria-label role loading open align').split(' '));
    // Lists may be longer; and only who shows pictures of other sites asks whether they may load.
    const VARIES = '.related, .rail, .pager, .newest, .cards, .lead, .secondary, .row, .top, .pictures-elsewhere, div:not([class]):has(> .pictures-elsewhere)';
    const faults = window.ran.map((word) => `ran ${word}`);
    const flat = (text) => text.replace(/\s+/g, ' ').trim();
    const here = location.host;
    const links = new Set(['http:', 'https:', 'mailto:', 'tel:', 'about:']);
    const show = (element) => element.outerHTML.slice(0, 160);
    const shape = [];
    for (const element of document.querySelectorAll('*')) {
        const foreign = element.parentElement?.closest('.body, .comment-text');
        const tag = element.localName;
        // The theme's own drawings stand as they are written: nothing of a story gets into one.
        if (!foreign && element.closest('svg')) {
            if (tag === 'svg' && element.getAttribute('aria-hidden') !== 'true') faults.push(`drawing ${show(element)}`);
            if (![tag, ...element.getAttributeNames()].every((name) => DRAWN.has(name))) faults.push(`drawing ${show(element)}`);
            continue;
        }
        if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !(foreign ? BODY : OURS).has(tag)) faults.push(`element ${show(element)}`);
        const ours = tag === 'script' && element.src && new URL(element.src).host === here && /^\/static\/script\.[0-9a-f]+\.js$/.test(new URL(element.src).pathname);
        if (tag === 'script' && element.type !== 'application/ld+json' && !ours) faults.push(`script ${show(element)}`);
        if (tag === 'meta' && element.hasAttribute('http-equiv')) faults.push(`meta ${show(element)}`);
        for (const { name, value } of element.attributes) {
            if (!(foreign ? IN_BODY : PLAIN).has(name)) faults.push(`attribute ${name} of ${show(element)}`);
            if (name === 'href' && tag === 'a' && !links.has(element.protocol) && element.protocol !== ':') faults.push(`link to ${value.slice(0, 100)}`);
            if (name === 'href' && tag === 'link' && element.rel !== 'canonical' && new URL(element.href).host !== here) faults.push(`link ${value}`);
            if (name === 'action' && new URL(value, location.href).host !== here) faults.push(`form to ${value.slice(0, 100)}`);
            if (name === 'id' && foreign && !/^(at-|fn-|fnref-)/.test(value)) faults.push(`id ${value} in a body`);
            if (name === 'class' && foreign && !/^[a-z -]*$/.test(value)) faults.push(`class ${value} in a body`);
        }
        if (!foreign && !element.closest(VARIES))
            shape.push(`${tag}${element.getAttributeNames().sort().map((name) => ` ${name}`).join('')}`);
    }
    const data = [...document.querySelectorAll('script:not([src])')].map((script) => {
        try { return JSON.parse(script.textContent); } catch (e) { faults.push(`data is no JSON: ${e.message}`); return {}; }
    });
    for (const [selector, how, text] of wanted) {
        if (selector === 'json') {
            const found = data.find((one) => how in one)?.[how];
            if (text !== null && flat(found ?? '') !== flat(text)) faults.push(`data ${how} is ${JSON.stringify(found)}, not ${JSON.stringify(text)}`);
            continue;
        }
        const element = document.querySelector(selector);
        if (!element) { if (how !== 'maybe') faults.push(`there is no ${selector}`); continue; }
        const found = flat(how === 'content' || how === 'alt' ? element.getAttribute(how) : element.textContent);
        const fine = how === 'mark' ? text.test(found) : how === 'start' ? found.startsWith(flat(text)) : how === 'end' ? found.endsWith(flat(text)) : found === flat(text);
        if (!fine) faults.push(`${selector} ${how} is ${JSON.stringify(found.slice(0, 300))}, not ${JSON.stringify(String(text).slice(0, 300))}`);
        if (how === '' && element.querySelector('*:not(a):not(span)')) faults.push(`elements in ${selector}: ${show(element)}`);
    }
    return { faults, shape: shape.join('\n') };
}

const STATUS = { withdrawn: [410], missing: [404, 400, 414] };

// Goes through pages in a few tabs at once. Without the policy whatever slipped through would run;
// with it nothing may even be asked for elsewhere.
export async function visitAll(browser, base, pages, { policy, tabs = 3, shapes = new Map() }) {
    const context = await browser.newContext({ bypassCSP: !policy, serviceWorkers: 'block', viewport: { width: 1000, height: 700 } });
    await context.addInitScript(hook);
    const faults = [];
    const rest = pages.slice().reverse();
    const host = new URL(base).host;
    const look = async () => {
        const tab = await context.newPage();
        let at;
        const say = (what) => faults.push(`${at?.path} (${at?.kind}): ${what}`);
        tab.on('dialog', (dialog) => { say(`dialog ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
        tab.on('popup', (popup) => say(`popup ${popup.url()}`));
        tab.on('frameattached', (frame) => say(`frame ${frame.url()}`));
        tab.on('download', (download) => say(`download ${download.url()}`));
        tab.on('framenavigated', (frame) => { if (frame === tab.mainFrame() && at && new URL(frame.url()).pathname !== at.where) say(`went to ${frame.url()}`); });
        // Pictures are the one thing that a body may name elsewhere, and the policy stops them.
        tab.on('request', (request) => {
            const url = new URL(request.url());
            if (url.protocol !== 'data:' && url.host !== host && !(request.resourceType() === 'image' && !policy)) at.asked.add(request);
        });
        tab.on('requestfailed', (request) => { if (policy && request.failure()?.errorText === 'csp') at.asked.delete(request); });
        while (rest.length) {
            at = rest.pop();
            at.asked = new Set();
            at.where = new URL(base + at.path).pathname;
            const answer = await tab.goto(base + at.path, { waitUntil: 'load', timeout: 60_000 });
            const status = answer.status();
            if (!(STATUS[at.kind] ?? [200]).includes(status)) say(`status ${status}`);
            // What is no path at all is refused in a line of plain text.
            if (status === 400 && answer.headers()['content-type']?.startsWith('text/plain')) continue;
            const found = await tab.evaluate(inspect, expected(at));
            found.faults.forEach(say);
            for (const request of at.asked) say(`asked for ${request.url()}`);
            const kind = `${at.kind} ${status}`;
            if (!shapes.has(kind)) shapes.set(kind, found.shape);
            else if (shapes.get(kind) !== found.shape) say(`is built differently: ${difference(shapes.get(kind), found.shape)}`);
        }
        await tab.close();
    };
    await Promise.all(Array.from({ length: tabs }, look));
    await context.close();
    return faults;
}

function difference(one, other) {
    const [a, b] = [one.split('\n'), other.split('\n')];
    const at = a.findIndex((row, i) => row !== b[i]);
    return `row ${at}: ${a[at]} / ${b[at]} (${a.length} and ${b.length} rows)`;
}

// In a page: what is wrong with a feed; `headlines` are all there may be in it.
async function readFeed([path, headlines]) {
    const known = new Set(headlines);
    const text = await (await fetch(path)).text();
    const feed = new DOMParser().parseFromString(text, 'text/xml');
    const faults = feed.querySelector('parsererror') ? [`is no XML: ${feed.querySelector('parsererror').textContent.slice(0, 200)}`] : [];
    const items = [...feed.querySelectorAll('item')];
    if (!items.length) faults.push('is empty');
    for (const item of items) {
        const title = item.querySelector('title').textContent.replace(/\s+/g, ' ').trim();
        if (!known.has(title)) faults.push(`names a story ${JSON.stringify(title)}`);
        const content = [...item.children].find((one) => one.localName === 'encoded')?.textContent ?? '';
        for (const element of new DOMParser().parseFromString(content, 'text/html').body.querySelectorAll('*'))
            if (/^(script|style|iframe|object|embed|form|svg|math|base|meta|link)$/.test(element.localName) ||
                element.getAttributeNames().some((name) => name.startsWith('on')) || /^\s*javascript:/i.test(element.href ?? ''))
                faults.push(`holds ${element.outerHTML.slice(0, 100)}`);
    }
    return faults;
}

async function readFeeds(browser, base, pages) {
    const tab = await browser.newPage();
    const faults = [];
    const flat = (text) => stored(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd').replace(/\s+/g, ' ').trim();
    const headlines = pages.filter((page) => page.record?.headline).map((page) => flat(page.record.headline));
    const places = pages.filter((page) => page.kind === 'section').map((page) => page.path);
    await tab.goto(`${base}/robots.txt`);
    for (const place of ['/', ...places])
        faults.push(...(await tab.evaluate(readFeed, [`${place}feed.xml`, headlines])).map((fault) => `${place}feed.xml: ${fault}`));
    await tab.close();
    return faults;
}

// All of it: plants the payloads in a publication of their own, serves it, and looks at every page
// without the policy, at every fifth with it, and at the feeds.
export async function attack(browser, payloads, { together, tabs = 3 }) {
    const publication = createPublication();
    let server;
    try {
        const pages = await plantAll(publication, payloads, together);
        server = await serve(publication);
        pages.push({ kind: 'month', path: await newestMonth(server.url) });
        const shapes = new Map();
        const control = pages.filter((page) => page.n === 0);
        const rest = pages.filter((page) => page.n !== 0);
        const faults = await visitAll(browser, server.url, control, { policy: false, tabs: 1, shapes });
        faults.push(...await visitAll(browser, server.url, rest, { policy: false, tabs, shapes }));
        faults.push(...await visitAll(browser, server.url, rest.filter((_, i) => i % 5 === 0), { policy: true, tabs, shapes }));
        faults.push(...await readFeeds(browser, server.url, pages));
        await server.stop();
        return { faults, pages: pages.length };
    } finally {
        if (server?.status === undefined) await server?.kill();
        publication.remove();
    }
}
