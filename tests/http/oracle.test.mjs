// Whatever changes, kept bytes are those that a fresh rendering makes. ORACLE_CHANGES raises how
// many changes, ORACLE_ROUNDS how often all is compared, ORACLE_SEED picks others. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { Oracle } from '../lib/oracle.mjs';
import { createPublication, ENGINES, openEditor, serve } from '../lib/site.mjs';

const CHANGES = { sqlite: 1500, postgres: 300 };
const ROUNDS = { sqlite: 5, postgres: 2 };
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000);

for (const engine of ENGINES) {
    test(`kept bytes equal fresh ones after random changes, on ${engine}`, async (t) => {
        const changes = Number(process.env.ORACLE_CHANGES ?? CHANGES[engine]);
        const publication = createPublication({ engine });
        t.after(() => publication.remove());
        const kept = await serve(publication);
        const fresh = await serve(publication, '--cache', '0');
        const oracle = new Oracle(kept, fresh, { log: (line) => t.diagnostic(line) });
        const editor = await openEditor(publication, { seed, seen: (change) => oracle.seen(change) });
        t.diagnostic(`ORACLE_SEED=${seed}`);
        try {
            const faults = await oracle.run(editor, changes, Number(process.env.ORACLE_ROUNDS ?? ROUNDS[engine]));
            assert.equal(faults.length, 0, `seed ${seed}:\n${faults.slice(0, 5).join('\n')}`);
            assert.ok(oracle.corrected.size > 0 && oracle.kinds['withdraw-corrected'] > 0 && oracle.kinds['restore-corrected'] > 0);
            assert.deepEqual(oracle.uncompared(), [], 'versions of corrected stories that were never compared');
            assert.ok(oracle.counts.requests > changes / 2, 'readers read meanwhile');
            assert.ok(oracle.counts.packed > oracle.counts.compared / 4, 'much of it came compressed');
            t.diagnostic(JSON.stringify(oracle.kinds));
        } finally {
            if (editor.status === undefined) await editor.close();
            await fresh.stop();
            await kept.stop();
        }
    });
}
