// Events: announced, changed, over by the clock, removed; in pages, calendars and the sitemap.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { client } from '../lib/fetch.mjs';
import { createPublication, serve } from '../lib/site.mjs';

let publication;
let site;
let get;
let close;

function file(name, head, text = 'Come and ask.') {
    const path = join(publication.data, `${name}.md`);
    const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    writeFileSync(path, `---\n${lines.join('\n')}\n---\n\n${text}\n`);
    return path;
}

const add = (head, text) => /announced (\S+?);/.exec(publication.run('event', 'add', file('event', head, text)))[1];
const page = async (path) => (await get(path)).body.toString();

before(async () => {
    publication = createPublication({ init: ['--base-url', 'https://news.example', '--zone', 'Europe/London'] });
    site = await serve(publication);
    ({ get, close } = client(site));
});

after(async () => {
    close?.();
    await site?.stop();
    publication?.remove();
});

test('without events there is no page of them', async () => {
    for (const path of ['/events/', '/events/calendar.ics', '/events/2031/', '/events/x/event.ics'])
        assert.equal((await get(path)).status, 404, path);
});

test('an event is announced, listed, and told in its own zone', async () => {
    const path = add({ title: 'Summer briefing', kind: 'webinar', starts: '2031-07-03 18:00', ends: '19:30',
        place: 'Corn Hall, Leeds', online: 'https://live.example/x', price: 'Free', zone: 'Europe/Paris',
        summary: 'Rates & you', signup: 'https://live.example/sign-up' }, 'Ask *anything*. <script>no</script>');
    assert.equal(path, '/events/summer-briefing/');
    const html = await page(path);
    assert.match(html, /<h1>Summer briefing<\/h1>/);
    assert.match(html, /Thursday 3 July 2031<\/time><br>18:00 to 19:30 /);
    assert.match(html, /datetime="2031-07-03T18:00:00\+02:00"/);
    assert.match(html, /<em>anything<\/em>/);
    assert.doesNotMatch(html, /<script>no/);
    assert.match(html, /<a class="button" href="https:\/\/live\.example\/sign-up"/);
    const data = [...html.matchAll(/<script type="application\/ld\+json">\s*([\s\S]*?)<\/script>/g)]
        .map((one) => JSON.parse(one[1])).find((one) => one['@type'] === 'Event');
    assert.equal(data.startDate, '2031-07-03T18:00:00+02:00');
    assert.equal(data.eventAttendanceMode, 'https://schema.org/MixedEventAttendanceMode');
    assert.equal(data.location.length, 2);
    assert.match(await page('/events/'), /July 2031[\s\S]*Summer briefing/);
    assert.match(await page('/events/2031/'), /Summer briefing/);
    assert.match(await page('/sitemap/pages.xml'), /https:\/\/news\.example\/events\/summer-briefing\//);
    assert.match(publication.run('event', 'list'), /summer-briefing/);
});

test('days that an event takes are told without saying a month or year twice', async () => {
    const told = async (starts, ends) => {
        const path = add({ title: 'Days', slug: `days-${starts}`, starts: `${starts} 09:00`, ends: `${ends} 17:00` });
        return /<time[^>]*>(\d+ [^<]*)<\/time>/.exec(await page(path))[1];
    };
    assert.equal(await told('2032-01-11', '2032-01-12'), '11 to 12 January 2032');
    assert.equal(await told('2032-01-30', '2032-02-02'), '30 January to 2 February 2032');
    assert.equal(await told('2032-12-30', '2033-01-02'), '30 December 2032 to 2 January 2033');
});

test('calendars hold the event in UTC, and keep their format whatever the words are', async () => {
    const path = add({ title: 'Räte, Zinsen; und mehr: ein langer Abend über das Geld der anderen und das eigene', slug: 'abend',
        starts: '2031-01-05T10:00:00Z', ends: '2031-01-05T12:00:00Z', place: 'Halle\\Saal, Bonn' });
    for (const address of [`${path}event.ics`, '/events/calendar.ics']) {
        const answer = await get(address);
        assert.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8');
        const text = answer.body.toString();
        assert.ok(text.endsWith('END:VCALENDAR\r\n'));
        assert.ok(!/[^\r]\n/.test(text), 'every line ends in CRLF');
        for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
        const whole = text.replaceAll('\r\n ', '');
        assert.match(whole, /\r\nDTSTART:20310105T100000Z\r\nDTEND:20310105T120000Z\r\n/);
        assert.match(whole, /\r\nSUMMARY:Räte\\, Zinsen\\; und mehr: ein langer/);
        assert.match(whole, /\r\nLOCATION:Halle\\\\Saal\\, Bonn\r\n/);
        assert.match(whole, /\r\nUID:event-\d+@news\.example\r\n/);
        assert.match(whole, /\r\nDTSTAMP:\d{8}T\d{6}Z\r\n/);
    }
});

test('what ends while readers look is past from that moment on, without a publish', async () => {
    const now = Date.now();
    const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
    const end = Math.ceil(now / 1000) * 1000 + 3000;
    const path = add({ title: 'Ending soon', starts: iso(now - 3600_000), ends: iso(end) });
    assert.doesNotMatch(await page(path), /This event is over/);
    assert.match((await page('/events/')).split('Past events')[0], /Ending soon/);
    for (let seen = ''; !seen.includes('This event is over');) {
        seen = await page(path);
        if (Date.now() < end - 200) assert.doesNotMatch(seen, /This event is over/);
        assert.ok(Date.now() < end + 5000, 'the page turned when the event was over');
    }
    assert.match((await page('/events/')).split('Past events')[1], /Ending soon/);
});

test('an event is changed, cancelled and removed', async () => {
    const path = add({ title: 'Forum', starts: '2032-03-01 09:00', ends: '2032-03-02 17:00' });
    publication.run('event', 'edit', path, file('edit', { title: 'Grand forum', status: 'cancelled',
        starts: '2032-03-01 09:00', ends: '2032-03-02 17:00' }));
    assert.match(await page(path), /Grand forum[\s\S]*Cancelled\./);
    assert.match(await page(`${path}event.ics`), /STATUS:CANCELLED/);
    assert.match(publication.run('event', 'edit', path, file('edit', { title: 'Grand forum', status: 'cancelled',
        starts: '2032-03-01 09:00', ends: '2032-03-02 17:00' })), /nothing changed/);
    publication.run('event', 'remove', path);
    assert.equal((await get(path)).status, 410);
    assert.equal((await get(`${path}event.ics`)).status, 404);
    assert.doesNotMatch(await page('/events/'), /Grand forum/);
});

test('what is no event is refused with a sentence', () => {
    for (const [head, words] of [[{ title: 'A' }, /an event needs/],
        [{ title: 'A', starts: 'soon', ends: '12:00' }, /starts is no time/],
        [{ title: 'A', starts: '2031-01-01 12:00', ends: '11:00' }, /ends before it starts/],
        [{ title: 'A', starts: '2031-01-01 12:00', ends: '25:00' }, /ends is no time/],
        [{ title: 'A', starts: '2031-01-01 12:00', ends: '13:00', kind: 'party' }, /no kind/],
        [{ title: 'A', starts: '2031-01-01 12:00', ends: '13:00', signup: 'javascript:x' }, /sign-up address/]])
        assert.throws(() => publication.run('event', 'add', file('bad', head)), words);
    assert.throws(() => publication.run('event', 'remove', '/nope/'), /no event's path/);
});

test('a page of the newsroom at that address comes first', async () => {
    const path = join(publication.data, 'page.md');
    writeFileSync(path, '---\npath: /events/\ntitle: Our own page\n---\n\nText.\n');
    publication.run('page', 'save', path);
    assert.match(await page('/events/'), /Our own page/);
});
