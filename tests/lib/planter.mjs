// Drives tests/tools/plant.c: puts texts into a publication as they are, hostile or not.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { toolOf } from './site.mjs';

// Makes all records, commits, and gives the answers in their order.
export async function plant(publication, records) {
    const child = spawn(toolOf('plant'), [publication.url], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = [];
    const ended = new Promise((resolve) => child.on('close', resolve));
    createInterface({ input: child.stdout }).on('line', (line) => answers.push(JSON.parse(line)));
    child.stdin.on('error', () => {}); // said by the status
    for (const record of records) child.stdin.write(`${JSON.stringify(record)}\n`);
    child.stdin.end('{"make":"commit"}\n');
    const status = await ended;
    const last = answers.at(-1);
    if (status !== 0 || answers.length !== records.length + 1 || last.refused)
        throw new Error(`plant ended with ${status} after ${answers.length} of ${records.length + 1}: ${last?.refused}`);
    answers.pop();
    return answers;
}
