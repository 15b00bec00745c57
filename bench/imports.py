"""What an import takes: a real export multiplied, and a running site asked for pages meanwhile."""
# SPDX-License-Identifier: Apache-2.0
import gzip
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import time

from servers import Broadsheet

EXPORT = 'wordpress/digitalgov.wxr.xml.gz'


def real_export(root):
    """The export of the corpora, where there are some."""
    for folder in (os.environ.get('CORPORA'), root / '../shared/corpora'):
        if folder and pathlib.Path(folder, EXPORT).exists():
            return str(pathlib.Path(folder, EXPORT))
    return None


def write_multiplied(source, path, items):
    opener = gzip.open if source.endswith('.gz') else open
    with opener(source, 'rt', encoding='utf-8') as file:
        text = file.read()
    first = text.index('<item>')
    head, rest = text[:first], text[first:]
    originals = re.findall(r'<item>.*?</item>', rest, re.S)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(head)
        for n in range(items):
            item = originals[n % len(originals)]
            copy = n // len(originals)
            if copy:
                item = re.sub(r'<link>(.*?)/</link>', rf'<link>\1-{copy}/</link>', item, count=1)
                item = re.sub(r'<wp:post_id>\d+', f'<wp:post_id>{1000000 + n}', item, count=1)
            out.write(item + '\n')
        out.write('</channel></rss>\n')


def multiplied(source, path, items):
    """Writes `items` items made from those of `source`, each copy with an id and an address of its own."""
    # In a process of its own: the peak of a child is never below what its parent held.
    writer = multiprocessing.Process(target=write_multiplied, args=(source, path, items))
    writer.start()
    writer.join()


def measured(program, words):
    """What one run took, and what it printed."""
    begun = time.monotonic()
    child = subprocess.Popen([program, *words], stdout=subprocess.PIPE, text=True)
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f'bench: {" ".join(map(str, words[:2]))} failed')
    return {'seconds': time.monotonic() - begun, 'cpu': usage.ru_utime + usage.ru_stime, 'mb': usage.ru_maxrss / 1024,
            'printed': printed}


def fresh(program, data):
    shutil.rmtree(data, ignore_errors=True)
    measured(program, ['init', '--data', data, '--preset', 'blank', '--name', 'Bench'])


def run_import(program, path, data):
    found = measured(program, ['import', 'wordpress', path, '--data', data, '--json'])
    stories = json.loads(found['printed'].split('; shown')[0])['came_in']['stories']
    found |= {'items': stories['created'] + stories['unchanged'], 'new': stories['created']}
    return found


def serving(bench, path):
    """The 99th percentile of kept pages with and without an import into the same site, in rounds."""
    data, paths = bench.scratch(bench.small)
    asked = bench.work / 'served.paths'
    asked.write_text('\n'.join(paths.read_text().splitlines()[:200]) + '\n')
    seconds = bench.seconds
    pairs = []
    with Broadsheet(bench.program, data) as server:
        def p99():
            return bench.numbers('load', server.address, asked, seconds, 1000, 'zipf', 'gzip')[-1]['latency_us']['p99']
        bench.numbers('load', server.address, asked, 0, 0)
        for _ in range(bench.rounds):
            alone = p99()
            # What was imported is edited, so that there is as much to write each time.
            subprocess.run(['sqlite3', '-cmd', '.timeout 60000', f'{data}/broadsheet.db',
                            "UPDATE import_item SET hash = '' WHERE kind = 'story'"], check=True)
            child = subprocess.Popen([bench.program, 'import', 'wordpress', path, '--data', data], stdout=subprocess.DEVNULL)
            time.sleep(0.3)
            while_importing = p99()
            still = child.poll() is None
            child.wait()
            pairs.append((alone, while_importing, still))
    return pairs


def imports(bench):
    source = real_export(bench.root)
    if not source:
        return ['## An import', '', 'Skipped: there is no folder CORPORA with an export to multiply.']
    items = 4000 if bench.quick else 20000
    path, data = str(bench.work / 'export.xml'), str(bench.work / 'imported')
    multiplied(source, path, items)
    size = os.path.getsize(path) / 1e6
    fresh(bench.program, data)
    first = run_import(bench.program, path, data)
    again = run_import(bench.program, path, data)
    cleaned = statistics.median(bench.numbers('cleaning', source)[0]['mb_a_second'] for _ in range(3))
    pairs = serving(bench, path)
    alone, meanwhile = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(p[1] / p[0] for p in pairs)
    lines = ['## An import', '', f'{items:,} items of {size / items * 1000:.1f} kB made from 2,078 real articles. CPU is user and system time.', '',
             '| | items a second | CPU, ms an item | memory, MB |', '| --- | --- | --- | --- |']
    for name, run in (('first', first), ('again, nothing new', again)):
        lines.append(f'| {name} | {run["items"] / run["seconds"]:,.0f} | {run["cpu"] / run["items"] * 1000:.3f} | {run["mb"]:.0f} |')
    lines += ['', f'Cleaning the bodies alone, on one core: {cleaned:.1f} MB a second.', '',
              f'A running site of {bench.small:,} stories asked for 1,000 pages a second while the export is imported into it: '
              f'the 99th percentile is {meanwhile / 1000:.2f} ms, without the import {alone / 1000:.2f} ms '
              f'(medians of {len(pairs)} rounds; median ratio {ratio:.2f}).']
    bench.goal(f'import of {items:,} items, items a second', first['items'] / first['seconds'], 2500, least=True)
    bench.goal('import, CPU of two cores an item', first['cpu'] / first['items'] * 1000, 0.8, ' ms')
    bench.goal('import, memory', first['mb'], 200, ' MB')
    bench.goal('import again, new rows', again['new'], 0)
    bench.goal('cleaning bodies, one core', cleaned, 12, ' MB/s', least=True)
    # A millisecond, or twice what the machine takes without the import.
    bench.goal('kept pages during an import, 99 %', meanwhile / 1000, max(1, alone / 500), ' ms')
    shutil.rmtree(data)
    os.remove(path)
    return lines
