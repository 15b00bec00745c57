"""The measurements, a function each: they give the lines of their part of RESULTS.md."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import time

from imports import imports
from servers import Broadsheet, Nginx, cpu_seconds, get, resident_mb

median = statistics.median
MORE_OPTIONS = os.environ.get('SERVE_OPTIONS', '').split()  # of "serve", to try what they change, e.g. --workers 2
KEEP_ALL = '4000'  # megabytes: room for every page of the larger publication


class Bench:
    """What all parts share: programs, data directories, and what was reached."""

    def __init__(self, root, quick, tell):
        self.root, self.quick, self.tell = root, quick, tell
        self.work = root / 'bench/work'
        self.work.mkdir(exist_ok=True)
        self.program = str(root / 'build/broadsheet')
        self.small, self.large = 1000, 10000 if quick else 100000
        self.rounds, self.seconds = (3, 2) if quick else (5, 4)
        self.goals = []
        self.nginx_us = None  # CPU of nginx for a kept page, where it was measured in this run
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    def driver(self, name, *words, **options):
        result = subprocess.run([self.root / 'build/bench' / name, *map(str, words)], text=True,
                                stdout=subprocess.PIPE, **options)
        if result.returncode and name != 'visible':
            raise SystemExit(f'bench: {name} failed')
        return result.stdout

    def numbers(self, name, *words):
        return [json.loads(line) for line in self.driver(name, *words).splitlines()]

    def data(self, stories):
        """A directory of that many stories, made once and left as it is."""
        folder = self.work / f'stories-{stories}'
        if not folder.exists():
            fresh = self.work / 'unfinished'
            shutil.rmtree(fresh, ignore_errors=True)
            self.tell(' ', self.driver('generate', fresh, stories).strip())
            fresh.rename(folder)
        paths = self.work / f'stories-{stories}.paths'
        paths.write_text(self.driver('paths', folder))
        return folder, paths

    def scratch(self, stories):
        """A copy of it to be changed."""
        folder, paths = self.data(stories)
        copy = self.work / 'scratch'
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        return copy, paths

    def goal(self, what, value, most, unit='', least=False):
        reached = value >= most if least else value <= most
        self.goals.append((what, f'{value:.3g}{unit}', f'{"at least" if least else "at most"} {most:g}{unit}', reached))

    def summary(self):
        rows = [f'| {what} | {value} | {goal} | {"reached" if reached else "**not reached**"} |'
                for what, value, goal, reached in self.goals]
        return ['## In short', '', '| what | measured | goal | |', '| --- | --- | --- | --- |', *rows, '']


def story_paths(paths):
    """Paths of stories: the section's path and a slug that is no number and no other kind of page."""
    lines = paths.read_text().splitlines()
    others = re.compile(r'/(\d{4}/\d\d/|archive/|feed\.xml|\d+\.xml)$|^/(author|topic|sitemap|latest)')
    sections = {'/' + '/'.join(p.strip('/').split('/')[:-1]) + '/' for p in lines if p.count('/') >= 3}
    return [p for p in lines if p.count('/') >= 3 and not others.search(p) and p not in sections]


# ---- (a) a kept page against nginx

def wrk(address, path, seconds, gzip):
    words = ['wrk', '-t1', '-c32', f'-d{seconds}s'] + (['-H', 'Accept-Encoding: gzip'] if gzip else [])
    text = subprocess.run([*words, f'http://{address}{path}'], capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r'(\d+) requests in', text)[1])
    assert 'Non-2xx' not in text, text
    return requests, float(re.search(r'Requests/sec:\s+([\d.]+)', text)[1])


def one_round(server, path, seconds, gzip):
    before = cpu_seconds(server.pid)
    requests, rate = wrk(server.address, path, seconds, gzip)
    return rate, (cpu_seconds(server.pid) - before) / requests * 1e6


def compare(bench, ours, nginx, path, gzip):
    wrk(ours.address, path, 1, gzip)
    wrk(nginx.address, '/page.html', 1, gzip)
    pairs = [(one_round(ours, path, bench.seconds, gzip), one_round(nginx, '/page.html', bench.seconds, gzip))
             for _ in range(bench.rounds)]
    return {
        'rate': (median(o[0] for o, _ in pairs), median(n[0] for _, n in pairs), median(o[0] / n[0] for o, n in pairs)),
        'cpu': (median(o[1] for o, _ in pairs), median(n[1] for _, n in pairs), median(o[1] / n[1] for o, n in pairs)),
    }


def wait_for_gzip(address, path):
    for _ in range(200):
        answer, body = get(address, path, {'Accept-Encoding': 'gzip'})
        if answer.getheader('Content-Encoding') == 'gzip':
            return body
        time.sleep(0.05)
    raise SystemExit('bench: the page is never compressed')


def kept(bench):
    folder, paths = bench.data(bench.small)
    path = story_paths(paths)[0]
    lines = ['## A kept page against nginx', '',
             'One story page, the same bytes and the same headers from both; wrk with 32 connections.', '',
             '| | Broadsheet | nginx | ratio |', '| --- | --- | --- | --- |']
    with Broadsheet(bench.program, folder) as ours:
        answer, plain = get(ours.address, path)
        packed = wait_for_gzip(ours.address, path)
        with Nginx(str(bench.work / 'nginx'), 18080, answer.getheaders(), plain, packed) as nginx:
            for name, gzip in (('plain', False), ('gzip', True)):
                found = compare(bench, ours, nginx, path, gzip)
                rate, cpu = found['rate'], found['cpu']
                if not gzip:
                    bench.nginx_us = cpu[1]
                size = len(packed if gzip else plain)
                lines += [f'| {name}, {size:,} bytes: requests a second | {rate[0]:,.0f} | {rate[1]:,.0f} | {rate[2]:.2f} |',
                          f'| {name}: CPU of the server, µs a request | {cpu[0]:.1f} | {cpu[1]:.1f} | {cpu[2]:.2f} |']
                bench.goal(f'kept page, {name}: throughput to nginx\'s', rate[2], 0.9, least=True)
                bench.goal(f'kept page, {name}: CPU to nginx\'s', cpu[2], 1.15)
    return lines


# ---- (b) a page rendered afresh

def afresh_round(bench, folder, kinds):
    found = {}
    with Broadsheet(bench.program, folder, '--cache', '0') as server:
        for kind, paths in kinds.items():
            file = bench.work / 'asked.paths'
            file.write_text('\n'.join(paths) + '\n')
            bench.numbers('load', server.address, file, 1, 0)
            before = cpu_seconds(server.pid)
            result = bench.numbers('load', server.address, file, bench.seconds, 0)[-1]
            assert not result['wrong'], result
            found[kind] = (cpu_seconds(server.pid) - before) / result['requests'] * 1e3
    return found


def afresh(bench):
    kinds, rounds = {}, {bench.small: [], bench.large: []}
    for stories in rounds:
        stories_there = story_paths(bench.data(stories)[1])
        random.Random(1).shuffle(stories_there)
        kinds[stories] = {'front': ['/'], 'section': ['/markets/'], 'story': stories_there[:800], 'feed': ['/feed.xml']}
    for _ in range(max(1, bench.rounds // 2)):
        for stories in rounds:
            rounds[stories].append(afresh_round(bench, bench.data(stories)[0], kinds[stories]))
    lines = ['## A page rendered afresh', '',
             'Milliseconds of CPU of the server a page, with `--cache 0` and without compression: the request, the '
             'page itself and the three segments that pages share, which with a cache are rendered once for all.', '',
             f'| page | {bench.small:,} stories | {bench.large:,} stories | ratio |', '| --- | --- | --- | --- |']
    for kind, most in (('front', 1), ('section', None), ('story', 0.25), ('feed', None)):
        small, large = (median(r[kind] for r in rounds[n]) for n in (bench.small, bench.large))
        ratio = median(b[kind] / a[kind] for a, b in zip(*rounds.values()))
        lines.append(f'| {kind} | {small:.3f} | {large:.3f} | {ratio:.2f} |')
        if most:
            bench.goal(f'{kind} afresh at {bench.large:,} stories', large, most, ' ms')
            # The goals in milliseconds were set on a machine where nginx took 10 µs for a kept page.
            if bench.nginx_us:
                bench.goal(f'{kind} afresh, in kept pages that nginx sends', large * 1000 / bench.nginx_us, most * 100)
        if kind != 'feed':
            bench.goal(f'{kind} afresh: {bench.large:,} stories to {bench.small:,}', ratio, 1.5)
    return lines


# ---- (c) from commit to visible

def edit_under_load(bench, folder, paths, server, kind, edits):
    load = subprocess.Popen([bench.root / 'build/bench/load', server.address, paths, str(edits // 10 + 2), '2000',
                             'zipf', 'gzip'], stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    seen = json.loads(bench.driver('visible', folder, server.address, edits, 90, kind))
    readers = json.loads(load.communicate()[0].splitlines()[-1])
    assert not load.returncode and not readers['wrong'], readers
    return seen, readers


def row(name, times):
    return f'| {name} | {times["p50"] / 1000:.2f} | {times["p99"] / 1000:.2f} | {times["most"] / 1000:.2f} |'


def replay(bench, folder, paths, server):
    """Readers as Zipf has them, and publishing far more often than the goal asks for."""
    seconds = 10 if bench.quick else 30
    before = server.metrics()
    load = subprocess.Popen([bench.root / 'build/bench/load', server.address, paths, str(seconds), '2000', 'zipf'],
                            stdout=subprocess.PIPE, text=True)
    bench.driver('visible', folder, server.address, seconds // 3, 3000, 'publish')
    load.communicate()
    after = server.metrics()
    asked = after['requests_total'] - before['requests_total']
    return (after['requests_kept_total'] - before['requests_kept_total']) / asked * 100, asked / (seconds // 3)


def forget_all(bench, folder, paths, server):
    load = subprocess.Popen([bench.root / 'build/bench/load', server.address, paths, '10', '2000', 'zipf', 'windows'],
                            stdout=subprocess.PIPE, text=True)
    time.sleep(3)
    load.send_signal(signal.SIGUSR1)  # around the change: nobody knows of these pages if they are kept
    subprocess.run([bench.program, 'publication', '--data', folder, '--tagline', f'Since {time.time():.0f}'],
                   stdout=subprocess.DEVNULL, check=True)
    load.send_signal(signal.SIGUSR1)
    windows = [json.loads(line) for line in load.communicate()[0].splitlines()[:-1]]
    start = next(w['at_ms'] for w in windows if w['generation'] == 3)
    after = [w for w in windows if w['at_ms'] >= start]
    calm = [w['again']['p99'] for w in windows if w['at_ms'] < 2900 and w['again']['count']]
    # What the machine itself does to kept pages, with nothing to make: no stretch can be told from that.
    usual = max(1000, max(calm))
    slow = [w['at_ms'] + 100 - start for w in after if w['again']['p99'] > usual]
    rendered = sum(w['first']['count'] for w in after)
    half = next(w['at_ms'] + 100 - start for i, w in enumerate(after)
                if sum(x['first']['count'] for x in after[:i + 1]) >= rendered / 2)
    return {'usual_us': usual, 'slow_windows': len(slow), 'last_slow_ms': max(slow, default=0), 'half_ms': half, 'rendered': rendered,
            'before_us': median(calm), 'after_us': median(w['again']['p99'] for w in after if w['again']['count']),
            'windows': len(after)}


def visible(bench):
    folder, paths = bench.scratch(bench.large)
    edits = 60 if bench.quick else 300
    with Broadsheet(bench.program, folder, '--cache', KEEP_ALL, *MORE_OPTIONS) as server:
        bench.driver('load', server.address, paths, 0, 0)
        pages = server.metrics()['cache_entries']
        headline, readers = edit_under_load(bench, folder, paths, server, 'headline', edits)
        publish, _ = edit_under_load(bench, folder, paths, server, 'publish', edits)
        hits, requests_each = replay(bench, folder, paths, server)
        forgot = forget_all(bench, folder, paths, server)
    lines = ['## From commit to visible', '',
             f'{bench.large:,} stories, {pages:,.0f} pages and segments kept, 2,000 requests a second of other readers '
             'meanwhile (Zipf over all pages, gzip). After each edit the server is asked over its control socket until '
             'it says "done"; then five readers ask at once. Milliseconds.', '',
             '| | median | 99 % | longest |', '| --- | --- | --- | --- |']
    for name, seen in (('headline', headline), ('publish', publish)):
        lines.append(row(f'{name}: from commit to "done"', seen['commit_to_done']))
        lines.append(row(f'{name}: from "done" to the first byte of any page', seen['done_to_first_byte']))
        lines += [row(f'… of the {page}', seen[page]) for page in ('story', 'front', 'section', 'feed', 'sitemap')]
        bench.goal(f'{name}: "done" to first new byte, 99 %', seen['done_to_first_byte']['p99'] / 1000, 5, ' ms')
        bench.goal(f'{name}: pages older than acknowledged', seen['stale'], 0)
    lines += [row('the other readers', readers['latency_us']), '',
              f'Of all requests, {hits:.2f} % were answered with kept pages while a story was published every '
              f'{requests_each:,.0f} requests (one a minute at 2,000 requests a second is every 120,000).', '',
              f'After everything was forgotten at once, {forgot["rendered"]:,} pages were rendered again in the seconds '
              f'that were watched, half of them within {forgot["half_ms"]} ms. The 99th percentile of pages that were '
              f'kept again passed {forgot["usual_us"] / 1000:.2f} ms in {forgot["slow_windows"]} of {forgot["windows"]} '
              f'stretches of 100 ms, the last one {forgot["last_slow_ms"]} ms after; before, it was '
              f'{forgot["before_us"] / 1000:.2f} ms in the median stretch, after, {forgot["after_us"] / 1000:.2f} ms. '
              'The yardstick is a millisecond, or the highest of the stretches before where the machine itself passed '
              'that. The goal allows for all such stretches together half a millisecond for each page rendered.']
    if forgot['before_us'] > 1000:
        lines += ['', '**Something else kept the processors busy:** kept pages took more than a millisecond before '
                  'anything was forgotten, so the times of this part say little. Run it again on a quiet machine.']
    bench.goal('requests answered with kept pages', hits, 99, ' %', least=True)
    bench.goal('time with slower kept pages after forgetting all', forgot['slow_windows'] / 10,
               forgot['rendered'] * 0.0005, ' s')
    return lines


# ---- (c) what is forgotten

def segments(bench):
    folder, paths = bench.scratch(bench.large)
    rendered, compressed, counts = bench.numbers('segments', folder, paths, 200 if bench.quick else 1000)
    lines = ['## What an edit makes the cache forget', '',
             f'All {rendered["rendered"]:,} pages of {bench.large:,} stories in one cache; edits of the newest 2,000 '
             'stories: 50 % bodies, 25 % publishes, 15 % headlines, 10 % others. In vain: rendered again, the bytes '
             'were the same.', '', '| edit | edits | segments forgotten | most by one | in vain |',
             '| --- | --- | --- | --- | --- |']
    for name, c in counts.items():
        lines.append(f'| {name} | {c["edits"]} | {c["forgotten"]} | {c["most"]} | {c["in_vain"]} |')
    lines += ['', f'One thread without a server in between rendered these pages in {rendered["seconds"]:.1f} s, '
              f'{rendered["seconds"] / rendered["rendered"] * 1e3:.3f} ms each (own segment alone). Compressing a story '
              f'page, behind the reader\'s back, takes {compressed["us_each"] / 1e3:.3f} ms.']
    bench.goal('segments forgotten by one publish, most', counts['publish']['most'], 100)
    bench.goal('of these in vain, over the mix', counts['all']['in_vain'] / counts['all']['forgotten'] * 100, 1, ' %')
    return lines


# ---- (d) memory

def idle_connections(address, count):
    host, port = address.split(':')
    request = f'GET / HTTP/1.1\r\nHost: {host}\r\n\r\n'.encode()
    found = []
    for _ in range(count):
        connection = socket.create_connection((host, int(port)))
        connection.sendall(request)
        found.append(connection)
        while b'</html>' not in connection.recv(1 << 20)[-20:]:
            pass
    return found


def memory(bench):
    folder, paths = bench.data(bench.large)
    lines = ['## Memory', '', 'Of the server, resident, in MB; in brackets what is its own (no file stands behind it).',
             '', '| state | MB |', '| --- | --- |']

    def note(server, what):
        all_mb, own_mb = resident_mb(server.pid)
        lines.append(f'| {what} | {all_mb:.1f} ({own_mb:.1f}) |')
        return all_mb

    with Broadsheet(bench.program, folder, '--cache', KEEP_ALL) as server:
        get(server.address, '/')
        time.sleep(1)
        rest = note(server, 'at rest, after the first page')
        bench.goal('memory at rest', rest, 30, ' MB')
        waiting = idle_connections(server.address, 10000)
        idle = note(server, 'with 10,000 idle connections') - rest
        bench.goal('more with 10,000 idle connections', idle, 50, ' MB')
        for connection in waiting:
            connection.close()
        lines_of = paths.read_text().splitlines()
        for count in (10000, 100000):
            if count > len(lines_of):
                continue
            some = bench.work / 'some.paths'
            some.write_text('\n'.join(lines_of[:count]) + '\n')
            bench.driver('load', server.address, some, 0, 0)
            note(server, f'with {server.metrics()["cache_entries"]:,.0f} kept pages and segments')
        lines.append(f'| … of which the cache counts | {server.metrics()["cache_bytes"] / 2**20:.1f} |')
    return lines


# ---- (e) start

def start(bench):
    folder, _ = bench.data(bench.large)
    times = []
    for _ in range(bench.rounds + 4):
        with Broadsheet(bench.program, folder) as server:
            get(server.address, '/')
            times.append((time.perf_counter() - server.begun) * 1000)
    bench.goal(f'start to first byte, {bench.large:,} stories', median(times), 100, ' ms')
    return ['## Start', '', f'From the command to the first answer, {bench.large:,} stories: {median(times):.0f} ms '
            f'(median of {len(times)}; {min(times):.0f} to {max(times):.0f}).']


ALL = {'kept': kept, 'afresh': afresh, 'visible': visible, 'segments': segments, 'memory': memory, 'start': start,
       'import': imports}
