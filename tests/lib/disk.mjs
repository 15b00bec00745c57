// Small disks, and full ones.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A file system of a few megabytes, or why there can be none.
export function smallDisk(t, megabytes) {
    const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
    try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'pipe' });
    } catch (error) {
        rmSync(folder, { recursive: true });
        return null;
    }
    t.after(() => {
        execFileSync('umount', ['--lazy', folder]);
        rmSync(folder, { recursive: true });
    });
    return folder;
}

// Takes what room there is, to the last page.
export function fill(file) {
    for (let size = 1 << 20; size >= 4096; size >>= 1) {
        for (;;) {
            const now = existsSync(file) ? statSync(file).size : 0;
            try {
                writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
            } catch (error) {
                assert.equal(error.code, 'ENOSPC');
                if (statSync(file).size === now) break;
            }
        }
    }
}
