// The cache oracle: while a newsroom changes things and readers read, everything ever served is
// compared with what a second server renders afresh. SPDX-License-Identifier: Apache-2.0
import { client, forAll, links, patiently, plain } from './fetch.mjs';

const BASE = 'http://127.0.0.1:8080'; // what "init" says; only links begin with it
// Readers whose settings are not the usual ones get other first bytes of the same page.
const SETTINGS = ['', '', '', 'prefs=2d1', 'prefs=1l01', 'prefs=nonsense'];
const settings = (path) => ({ cookie: SETTINGS[[...path].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SETTINGS.length] });
const COMPARED = ['content-type', 'cache-control', 'vary', 'location', 'etag', 'content-security-policy',
    'x-content-type-options', 'allow'];
const FAIR = new Set([200, 301, 302, 404, 410]);
const HEADLINE = /<h1[^>]*>[^<]*?M(\d+)\./;
const BODY = /<p>Body B(\d+)\./;
const SHARES = 12;
const TALKED_OF = 8;
const PAPER = /Paper M(\d+)\./;

// A request that an attacker or a lost reader would make, and what may come to be there later.
function unlinked() {
    const paths = ['/robots.txt', '/sitemap.xml', '/sitemap/pages.xml', '/feed.xml', '/latest/', '/archive/',
        '/nope', '/nope/', '/s1', '/s1/nope/', '/2026/13/', '/2026/1/', '/1999/01/', '/s1/1999/01/', '/-/nope', '/-/newest',
        '/sitemap/1999/01/1.xml', '/author/nobody/', '/author/nobody/feed.xml', '/topic/nothing/archive/',
        '/?utm_source=x', '/%C3%A9/', '/page-1', '/page-1/feed.xml', '/share/1-0123456789abcdef.png',
        '/share/99999-0123456789abcdef.png', '/share/nope', '/videos', '/videos/', '/videos/feed.xml',
        '/videos/archive/', '/opinion/', '/opinion/feed.xml', '/opinion/archive/',
        '/events/', '/events/calendar.ics', '/events/1999/', '/events/nope/event.ics', '/manifest.webmanifest', '/favicon.ico', '/icon/0123456789abcdef.svg', '/icon/192-0123456789abcdef.png'];
    for (let n = 1; n <= 40; n++) paths.push(`/old-${n - 1}/`);
    for (let n = 1; n <= 20; n++) paths.push(`/page-${n}/`);
    for (let n = 1; n <= 26; n++) {
        for (const place of [`/author/person-${n}/`, `/topic/topic-${n}/`])
            paths.push(place, `${place}feed.xml`, `${place}archive/`);
    }
    for (let n = 1; n <= 16; n++) paths.push(`/s${n}/`, `/s${n}/feed.xml`, `/s${n}/archive/`);
    return paths;
}

function months(count) {
    const list = [];
    const at = new Date();
    for (let i = 0; i < count; i++) {
        list.push(`${at.getUTCFullYear()}/${String(at.getUTCMonth() + 1).padStart(2, '0')}/`);
        at.setUTCDate(1);
        at.setUTCMonth(at.getUTCMonth() - 1);
    }
    return list;
}

export class Oracle {
    constructor(kept, fresh, { readers = 6, log = () => {} } = {}) {
        this.kept = kept;
        this.fresh = fresh;
        this.readerCount = readers;
        this.log = log;
        this.addresses = new Set(['/', ...unlinked()]);
        for (const month of months(15)) {
            this.addresses.add(`/${month}`).add(`/sitemap/${month}1.xml`);
            for (const part of ['', '1/', '2/', '3/', '0/'])
                for (const place of ['/', '/s1/', '/s2/', '/topic/topic-1/', '/author/person-2/'])
                    this.addresses.add(`${place}${month}${part}`);
        }
        this.order = [...this.addresses];
        this.compared = new Set();
        this.corrected = new Map(); // path -> how many versions it has
        this.acknowledged = new Map(); // path -> {headline, body}: the newest mark that was shown
        this.paper = 0;
        this.faults = [];
        this.counts = { changes: 0, requests: 0, compared: 0, packed: 0, checks: 0 };
        this.kinds = {};
        this.newest = 60;
        this.shares = 0;
        this.talkedOf = []; // where comments changed last
    }

    learn(path) {
        if (path.length > 400 || this.addresses.has(path)) return;
        // Pictures are drawn anew by each server: a few speak for all.
        if (path.startsWith('/share/') && ++this.shares > SHARES) return;
        this.addresses.add(path);
        this.order.push(path);
    }

    // What a corrected story's versions are read at: the list, each, each with the one before; those to come as well.
    versionsOf(path) {
        const all = [`${path}versions/`];
        for (let n = 1; n <= this.corrected.get(path) + 1; n++) all.push(`${path}versions/${n}/`, `${path}versions/${n - 1}-${n}/`);
        return all;
    }

    // Those of them that were never compared.
    uncompared() {
        return [...this.corrected.keys()].flatMap((path) => this.versionsOf(path)).filter((one) => !this.compared.has(one));
    }

    // Called with every line of the editor, after the server said that it shows the change.
    seen(change) {
        if (change.error) {
            this.faults.push(`the editor: ${change.error}`);
            return;
        }
        this.counts.changes++;
        this.kinds[change.kind] = (this.kinds[change.kind] ?? 0) + 1;
        if (change.path) this.learn(change.path);
        if (change.versions && (change.kind === 'correct' || this.corrected.has(change.path))) {
            this.corrected.set(change.path, change.versions);
            for (const one of this.versionsOf(change.path)) this.learn(one);
        }
        if (!change.commit) return;
        const marks = this.acknowledged.get(change.path) ?? { headline: 0, body: 0 };
        if (change.kind.startsWith('publish') || change.kind === 'headline') marks.headline = change.mark;
        if (change.kind === 'body') marks.body = change.mark;
        this.acknowledged.set(change.path, marks);
        // Asked for at once, and what will stand there next is asked for before it does.
        if (change.kind === 'headline' || change.kind === 'body') this.urgent = change.path;
        // Read again and again, so that another comment there finds it kept.
        if (change.path && (change.kind === 'comment' || change.kind === 'judge'))
            this.talkedOf = [change.path, `${change.path}comments/2/`, ...this.talkedOf].slice(0, TALKED_OF);
        const story = /\/story-(\d+)\/$/.exec(change.path ?? '');
        if (story) this.newest = Math.max(this.newest, Number(story[1]));
    }

    some(turn) {
        if (this.urgent) {
            const path = this.urgent;
            this.urgent = undefined;
            return path;
        }
        if (turn % 7 === 0) {
            const path = `/s${1 + (turn % 8)}/story-${this.newest + 1 + (turn % 3)}/`;
            this.learn(path);
            return path;
        }
        if (turn % 5 === 0 && this.talkedOf.length) {
            const path = this.talkedOf[turn / 5 % this.talkedOf.length];
            this.learn(path);
            return path;
        }
        if (turn % 3 === 0) return ['/', '/latest/', '/feed.xml', '/s1/', '/s2/', '/sitemap.xml'][turn % 6];
        return this.order[Math.floor(Math.random() * this.order.length)];
    }

    async read(get, turn) {
        const path = this.some(turn);
        const due = { ...this.acknowledged.get(path) };
        const headers = turn % 2 ? { 'accept-encoding': 'gzip' } : {};
        const answer = await patiently(get, path, { headers });
        const text = plain(answer).toString('utf8');
        this.counts.requests++;
        if (text.startsWith('BROKEN')) this.faults.push(`${path}: ${text}`);
        if (!FAIR.has(answer.status)) this.faults.push(`${path}: status ${answer.status}`);
        if (answer.status !== 200) return;
        for (const [what, pattern] of [['headline', HEADLINE], ['body', BODY]]) {
            const shown = Number(pattern.exec(text)?.[1] ?? Infinity);
            if (due[what] && shown < due[what])
                this.faults.push(`${path}: shows ${what} ${shown} after ${due[what]} was acknowledged`);
        }
        if (turn % 5 === 0) for (const link of links(text, BASE)) this.learn(link);
    }

    // Reads until the promise `edits` is done.
    async readWhile(edits) {
        let busy = true;
        const done = edits.finally(() => { busy = false; });
        const one = async (number) => {
            const { get, close } = client(this.kept, { sockets: 1 });
            for (let turn = number; busy && this.faults.length < 20; turn += this.readerCount) await this.read(get, turn);
            close();
        };
        await Promise.all([done, ...Array.from({ length: this.readerCount }, (_, i) => one(i))]);
    }

    differences(path, kept, fresh) {
        const different = [];
        if (kept.status !== fresh.status) different.push(`status ${kept.status}, afresh ${fresh.status}`);
        for (const name of COMPARED)
            if (kept.headers[name] !== fresh.headers[name])
                different.push(`${name}: ${kept.headers[name]}, afresh ${fresh.headers[name]}`);
        if (!kept.body.equals(fresh.body)) {
            const [a, b] = [kept.body, fresh.body];
            let at = 0;
            while (at < a.length && a[at] === b[at]) at++;
            const show = (body) => JSON.stringify(body.subarray(Math.max(0, at - 60), at + 80).toString('utf8'));
            different.push(`bytes from ${at} on:\n    kept   ${show(a)}\n    afresh ${show(b)}`);
        }
        return different;
    }

    async compareOne(kept, fresh, path, again = false) {
        const headers = settings(path);
        const answers = await Promise.all([patiently(kept, path, { headers }), patiently(fresh, path, { headers })]);
        const coding = /\.(xml|txt|ics|webmanifest)$/.test(path) && this.counts.compared % 2 ? 'br' : 'gzip';
        const zipped = await patiently(kept, path, { headers: { ...headers, 'accept-encoding': coding } });
        const different = this.differences(path, ...answers);
        this.counts.compared++;
        this.compared.add(path);
        if (answers[1].status >= 500) different.push(`afresh answers ${answers[1].status}`);
        if (zipped.headers['content-encoding']) this.counts.packed++;
        const unzipped = { status: zipped.status, headers: answers[1].headers, body: plain(zipped) };
        if (!different.length)
            different.push(...this.differences(path, unzipped, answers[1]).map((one) => `compressed: ${one}`));
        // An event may have ended between the answers: then both agree when asked again.
        if (different.length && path.startsWith('/events/') && !again) {
            await this.compareOne(kept, fresh, path, true);
            return;
        }
        if (different.length) this.faults.push(`${path}: ${different.join('; ')}`);
        if (answers[0].status === 200) for (const link of links(answers[0].body, BASE)) this.learn(link);
    }

    // Everything ever served; nothing changes meanwhile.
    async compare() {
        const kept = client(this.kept);
        const fresh = client(this.fresh);
        // Pages link to others, so the list grows while it is compared.
        for (let from = 0; from < this.order.length && this.faults.length < 20;) {
            const part = this.order.slice(from);
            from += part.length;
            // The first who asks for it compressed only has it queued.
            await forAll(part, 6, (path) => kept.get(path, { headers: { ...settings(path), 'accept-encoding': 'gzip' } }));
            await forAll(part, 6, (path) => (this.faults.length < 20 ? this.compareOne(kept.get, fresh.get, path) : null));
        }
        this.counts.checks++;
        kept.close();
        fresh.close();
    }

    // A change of the publication throws every page away, and hides what was kept too long before it: so a few of other
    // kinds stand last. Chance alone also takes few corrected stories out, and fewer back.
    async edit(editor, changes) {
        await editor.run(changes);
        for (const kind of ['restore-corrected', 'publish', 'publish-old', 'headline', 'body', 'details', 'correct', 'correct', 'menu', 'section',
            'move', 'move-corrected', 'move-corrected', 'withdraw-corrected', 'withdraw', 'restore']) await editor.run(1, kind);
    }

    // `changes` in `rounds` rounds, each followed by a comparison; the faults that were found.
    async run(editor, changes, rounds) {
        for (let round = 0; round < rounds && !this.faults.length; round++) {
            await this.readWhile(this.edit(editor, Math.ceil(changes / rounds)));
            await editor.settle();
            if (!this.faults.length) await this.compare();
            this.log(`round ${round + 1}: ${this.counts.changes} changes, ${this.addresses.size} addresses, ` +
                `${this.counts.requests} read, ${this.counts.compared} compared, ${this.counts.packed} of them compressed`);
        }
        return this.faults;
    }
}
