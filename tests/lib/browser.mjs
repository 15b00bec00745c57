// Debian's Chromium, as tests use it: no request leaves this machine, nothing is fetched behind it.
// SPDX-License-Identifier: Apache-2.0
import { chromium } from 'playwright-core';

export function launchBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
            ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
            '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
            '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--no-proxy-server',
        ],
    });
}

// Lays out all of the page that a tab shows, also what waits below the screen until it comes near.
export function layOutAll(tab) {
    return tab.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { content-visibility: visible !important; }');
        document.adoptedStyleSheets.push(sheet);
    });
}
