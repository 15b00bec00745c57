// What is smoother with script; everything works without it. SPDX-License-Identifier: Apache-2.0
'use strict';
(() => {
const root = document.documentElement;
const all = (what, within = document) => [...within.querySelectorAll(what)];
const one = (what, within = document) => within.querySelector(what);
const address = () => one('link[rel=canonical]')?.href ?? location.href.replace(/#.*/, '');

// ---- text size, colours, notice: the form's own answer, without leaving the page

const SIZES = ['text-2', 'text-3', 'text-4'], SCHEMES = ['scheme-light', 'scheme-dark'];
function show(name, value) {
    if (name === 'notice') root.classList.add('accepted');
    const known = name === 'text' ? SIZES : name === 'scheme' ? SCHEMES : [];
    root.classList.remove(...known);
    const wanted = `${name}-${value}`;
    if (known.includes(wanted)) root.classList.add(wanted);
    press();
}
// Which buttons stand for what is set.
function press() {
    for (const button of all('.choice button')) {
        const others = button.name === 'text' ? SIZES : SCHEMES;
        const wanted = `${button.name}-${button.value}`;
        const on = others.includes(wanted) ? root.classList.contains(wanted) : !others.some((name) => root.classList.contains(name));
        button.setAttribute('aria-pressed', on);
    }
}
addEventListener('submit', (event) => {
    const form = event.target, button = event.submitter;
    // Whose pictures may load, the policy of the next page says: for that the form itself is sent.
    if (!button || button.name === 'pictures' || !form.action.endsWith('/-/prefs')) return;
    event.preventDefault();
    const body = new URLSearchParams({ [button.name]: button.value });
    fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
    show(button.name, button.value);
});
// A page that the browser kept whole may be older than the settings.
addEventListener('pageshow', (event) => {
    const kept = event.persisted && /(?:^|; )prefs=([1-4])([sld])([01])([01])?/.exec(document.cookie);
    if (!kept) return;
    if ((kept[4] === '1') !== root.classList.contains('pictures') && one('.picture-link')) { location.reload(); return; }
    show('text', kept[1]);
    show('scheme', { s: 'system', l: 'light', d: 'dark' }[kept[2]]);
    if (kept[3] === '1') show('notice', 'accepted');
});
press();

// ---- the menu from the side

const drawer = one('#menu');
if (drawer?.showModal) {
    let opener;
    document.addEventListener('click', (event) => {
        const link = event.target.closest('a[href="#menu"]');
        if (link && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            opener = link;
            drawer.showModal();
        } else if (event.target.closest('.drawer .close') || event.target === drawer) {
            event.preventDefault();
            drawer.close();
        }
    });
    drawer.addEventListener('close', () => opener?.focus());
    if (location.hash === '#menu') history.replaceState(null, '', location.pathname + location.search);
}

// ---- what opens below the masthead: one at a time, closed by Escape and by looking elsewhere

const openings = all('.masthead details');
function closeAll(but) {
    for (const other of openings) if (other !== but) other.open = false;
    if (panel && but !== panel) showPanel(false);
}
document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = openings.find((details) => details.open);
    if (open?.contains(document.activeElement)) one('summary', open).focus();
    if (panel && !panel.hidden && place.contains(document.activeElement)) bell.focus();
    closeAll();
});
document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest?.('.masthead :is(details, .tool-place)')) closeAll();
});
document.addEventListener('focusin', (event) => {
    for (const details of openings) if (details.open && !details.contains(event.target)) details.open = false;
    if (panel && !panel.hidden && !place.contains(event.target)) showPanel(false);
});
for (const details of all('.menu details')) {
    let wait;
    const soon = (open, ms) => {
        clearTimeout(wait);
        wait = setTimeout(() => { if (open) closeAll(details); details.open = open; }, ms);
    };
    let hovered = 0;
    details.addEventListener('pointerenter', (event) => {
        if (event.pointerType === 'mouse') soon(true, details.open ? 0 : 150);
    });
    details.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse') soon(false, 250); });
    details.addEventListener('toggle', () => { if (details.open) hovered = performance.now(); });
    // Who points and clicks means to open what the pointer has just opened.
    one('summary', details).addEventListener('click', (event) => {
        clearTimeout(wait);
        if (event.detail && details.open && performance.now() - hovered < 400) event.preventDefault();
    });
}

// ---- where the reader is

const links = all(':is(.menu, .compact, .drawer nav) a');
const here = links.map((link) => link.pathname).filter((path) => path.length > 1 && location.pathname.startsWith(path)).sort((a, b) => b.length - a.length)[0] ?? (location.pathname === '/' ? '/' : '');
for (const link of links) {
    if (!here || link.origin !== location.origin || link.pathname !== here) continue;
    link.setAttribute('aria-current', here === location.pathname ? 'page' : 'true');
    link.closest('.menu details')?.classList.add('current');
    const row = link.closest('.compact > ul');
    if (row) showInRow(link, row);
}
// Once all is laid out: asked for here, the place of the link would be reckoned before that.
function showInRow(link, row) {
    new IntersectionObserver(([{ boundingClientRect }], observer) => {
        observer.disconnect();
        row.scrollLeft += boundingClientRect.left - row.getBoundingClientRect().left - row.clientWidth / 3;
    }).observe(link);
}

// ---- the short menu stays when the masthead has gone

const masthead = one('.masthead'), bar = one('.bar');
if (masthead && bar)
    new IntersectionObserver(([seen]) => bar.classList.toggle('stuck', !seen.isIntersecting)).observe(masthead);

// ---- how long ago, while that says more than a date

function soften(within) {
    for (const time of all('time[data-ago]', within)) {
        const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000);
        if (!(minutes >= 0 && minutes < 12 * 60)) continue;
        time.title = time.textContent;
        time.textContent = minutes < 1 ? 'Just now' : minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
    }
}
soften(document);

// ---- paper: dates instead of ages, all of the text, and when it was printed

function forPaper() {
    for (const time of all('time[data-ago][title]')) time.textContent = time.title;
    for (const details of all('.body details:not([open])')) details.open = true;
    let line = one('.printed');
    if (!line) {
        line = document.createElement('p');
        line.className = 'printed';
        one('main').append(line);
    }
    const when = new Date().toLocaleString(root.lang, { dateStyle: 'long', timeStyle: 'short' });
    line.textContent = `${address()} (printed ${when})`;
}
addEventListener('beforeprint', forPaper);
addEventListener('afterprint', () => soften(document));

// ---- the bell: what is newer than the newest story that this reader was shown

const bell = one('[data-bell]'), place = bell?.parentElement;
let panel, seen;
const times = (within) => all('time[datetime]', within).map((time) => Date.parse(time.dateTime)).filter(Boolean);
const newest = (within) => (within ? Math.max(0, ...times(within)) : 0);
// Where nothing may be kept, it is known for this page.
const remember = (time) => { seen = Math.max(seen, time); try { localStorage.setItem('seen', seen); } catch { return; } };
function mark() {
    const unread = newest(one('.newest')) > seen;
    bell.classList.toggle('unread', unread);
    one('.hidden', bell).textContent = unread ? 'Newest stories, some new' : 'Newest stories';
}
function showPanel(open) {
    panel.hidden = !open;
    bell.setAttribute('aria-expanded', open);
}
async function fill() {
    const answer = await fetch(bell.dataset.bell);
    if (!answer.ok) throw new Error(answer.status);
    panel.replaceChildren(...new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes);
    soften(panel);
    for (const item of all('li', panel))
        if (newest(item) > seen) {
            item.classList.add('unread');
            one('.meta', item).insertAdjacentHTML('afterbegin', '<span class="new">New</span> ');
        }
    remember(newest(panel));
    mark();
}
if (bell) {
    try { seen = Number(localStorage.getItem('seen')) || 0; } catch { seen = 0; }
    if (!seen || location.pathname === bell.pathname) remember(newest(one('.newest')) || newest(one('main')));
    mark();
    panel = document.createElement('div');
    panel.className = 'tool-panel news';
    panel.id = 'news';
    bell.after(panel);
    bell.setAttribute('aria-controls', 'news');
    showPanel(false);
    bell.addEventListener('click', async (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (!panel.hidden) { showPanel(false); return; }
        try { await fill(); closeAll(panel); showPanel(true); } catch { location.href = bell.href; }
    });
}

// ---- pictures of other sites: links, until the reader wants them

for (const form of all('.pictures-elsewhere')) form.hidden = false;
if (root.classList.contains('pictures'))
    for (const link of all('.picture-link')) {
        const text = link.textContent, size = link.dataset;
        const picture = Object.assign(new Image(), { referrerPolicy: 'no-referrer', loading: 'lazy', decoding: 'async', alt: text.replace(/^Picture at [^:]*(: )?/, '') });
        if (size.width) Object.assign(picture, { width: size.width, height: size.height });
        picture.onerror = () => { link.textContent = text; };
        picture.src = link.href;
        link.replaceChildren(picture);
    }

// ---- sharing, copying, printing: buttons that need script are hidden until now

function offer(what, can, act) {
    for (const button of all(what)) {
        if (!can) continue;
        button.hidden = false;
        button.addEventListener('click', () => act(button));
    }
}
function say(button, text) {
    let word = button.nextElementSibling;
    if (!word?.matches('[role=status]')) {
        button.insertAdjacentHTML('afterend', '<span role="status" class="said"></span>');
        word = button.nextElementSibling;
    }
    word.textContent = text;
    setTimeout(() => { word.textContent = ''; }, 4000);
}
offer('[data-copy-link]', navigator.clipboard, (button) =>
    navigator.clipboard.writeText(address()).then(() => say(button, button.dataset.said ?? 'Copied'), () => say(button, 'Not copied')));
offer('[data-share]', navigator.share, () => navigator.share({ title: one('h1')?.textContent.trim(), url: address() }).catch(() => {}));
offer('[data-print]', true, () => print());
})();
