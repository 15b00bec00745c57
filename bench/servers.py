"""Starts what is measured, and reads from /proc what it took."""
# SPDX-License-Identifier: Apache-2.0
import http.client
import os
import pathlib
import signal
import subprocess
import tempfile
import time

TICKS = os.sysconf('SC_CLK_TCK')


def processes(pid):
    """A process and all below it."""
    found = [pid]
    for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split():
        found += processes(int(child))
    return found


def cpu_seconds(pid):
    total = 0
    for each in processes(pid):
        fields = pathlib.Path(f'/proc/{each}/stat').read_text().rpartition(')')[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_mb(pid):
    """Memory in RAM, and the part of it that belongs to the process alone (no file behind it)."""
    status = dict(line.split(':', 1) for line in pathlib.Path(f'/proc/{pid}/status').read_text().splitlines())
    return int(status['VmRSS'].split()[0]) / 1024, int(status['RssAnon'].split()[0]) / 1024


def get(address, path, headers=None):
    host, port = address.split(':')
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    connection.request('GET', path, headers={'Accept-Encoding': 'identity'} | (headers or {}))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


class Server:
    """One process and its address; ends with its `with` block."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    @property
    def pid(self):
        return self.process.pid


class Broadsheet(Server):
    def __init__(self, program, data, *options):
        self.begun = time.perf_counter()
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [program, 'serve', '--data', data, '--listen', '127.0.0.1:0', *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if not line.startswith('Serving http://'):
            self.log.seek(0)
            raise SystemExit(f'bench: the server did not start: {self.log.read().decode()}')
        self.address = line.split('//')[1].strip().rstrip('/')

    def metrics(self):
        text = get(self.address, '/-/metrics')[1].decode()
        pairs = (line.rsplit(' ', 1) for line in text.splitlines() if not line.startswith('#'))
        return {name.removeprefix('broadsheet_'): float(value) for name, value in pairs}


NGINX = '''
daemon off; worker_processes {cores}; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 60;
    open_file_cache max=100; open_file_cache_valid 60; gzip_static on; gzip_vary on; server_tokens off;
    types {{ text/html html; }} charset utf-8;
    {headers}
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; root {folder}/root; }}
}}
'''
NGINX_OWN = {'content-type', 'content-length', 'content-encoding', 'date', 'etag', 'vary', 'connection', 'server'}


class Nginx(Server):
    """Serves one page, as a file and its gzip_static companion, with the headers it came with."""

    def __init__(self, folder, port, headers, plain, packed):
        root = pathlib.Path(folder, 'root')
        root.mkdir(parents=True, exist_ok=True)
        (root / 'page.html').write_bytes(plain)
        (root / 'page.html.gz').write_bytes(packed)
        os.chmod(folder, 0o755)
        lines = [f'add_header {name} "{value}";' for name, value in headers if name.lower() not in NGINX_OWN]
        config = pathlib.Path(folder, 'nginx.conf')
        config.write_text(NGINX.format(cores=os.cpu_count(), folder=folder, port=port,
                                       headers='\n    '.join(lines)))
        self.address = f'127.0.0.1:{port}'
        self.process = subprocess.Popen(['/usr/sbin/nginx', '-c', config, '-p', folder])
        for _ in range(100):
            try:
                get(self.address, '/page.html')
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f'bench: nginx did not start; see {folder}/error.log')
