#!/usr/bin/env python3
"""Growth over every construct of the language and every kind of change.

    growth.py BELLOWS [--only PATTERN] [--commands NAME,...] [--n N,...] [--all] [--limit SECONDS] [--keep DIR]

Each shape of shapes.txt is written n and 4 n large (its own n; or as large as --n says, in each of its sizes) and goes
through each command. A line for what is told: `TIMES` takes more than 5.5 times the processor's time
for four times the size, and more than 0.2 s; `LARGE` needs more than 300 MiB; `ENDS` ends by a signal
(-24: the limit of processor time, a quarter of it at n). On a busy machine times of the processor
grow with the crowd in its caches: look at what is told again, by itself. --all tells every line, --keep leaves
the schemas and scripts in a folder. Needs no server.
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import tempfile

DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n\n'
GENERATOR = ('generator client {\n  provider        = "prisma-client-js"\n'
             '  previewFeatures = ["views", "partialIndexes", "postgresqlExtensions"]\n}\n\n')
REPEATED = re.compile(r'\*\{(.*?)(?:\|([^|{}]*))?\}\*', re.S)
PLACE = re.compile(r'#(\+\+|\+|-|~)?')


def repeat(body, between, n):
    parts = PLACE.split(body)

    def one(i):
        numbers = {None: i, '+': i + 1, '++': i + 2, '-': i - 1, '~': n - 1 - i}
        return parts[0] + ''.join(str(numbers[sign]) + rest for sign, rest in zip(parts[1::2], parts[2::2]))

    return between.join(one(i) for i in range(n))


def schema(text, n):
    head = '' if text.lstrip().startswith('datasource') else DATASOURCE
    head += '' if 'generator ' in text else GENERATOR
    return head + REPEATED.sub(lambda match: repeat(match.group(1), match.group(2) or '', n), text)


def read_shapes(path):
    shapes, part = [], None
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('=== '):
                shapes.append({'name': line[4:].strip(), 'from': '', 'to': '', 'n': 5000, 'only': None})
                part = None
            elif line.startswith('--- '):
                word, _, rest = line[4:].strip().partition(' ')
                if word in ('from', 'to'):
                    part = word
                else:
                    shapes[-1][word] = int(rest) if word == 'n' else rest.split()
            elif part is not None:
                shapes[-1][part] += line
    return shapes


class Bench:
    def __init__(self, bellows, work, limit):
        self.bellows, self.work, self.limit = os.path.realpath(bellows), work, limit

    def path(self, name):
        return os.path.join(self.work, name)

    def write(self, shape, n):
        for way in ('direct', 'online'):  # of the shape before
            if os.path.exists(self.path(f'{way}{n}.sql')):
                os.remove(self.path(f'{way}{n}.sql'))
        for side in ('from', 'to'):
            with open(self.path(f'{side}{n}.prisma'), 'w', encoding='utf-8') as out:
                out.write(schema(shape[side], n))

    def commands(self, n):
        before, after = self.path(f'from{n}.prisma'), self.path(f'to{n}.prisma')
        diff = ['migrate', 'diff', '--from-schema', before, '--to-schema', after]
        again = ['migrate', 'diff', '--replay', 'memory', '--to-schema', after, '--from-migrations']
        return {
            'validate': ['validate', '--schema', after],
            'format': ['format', '--check', '--schema', after],
            'summary': diff,
            'direct': [*diff, '--script', '-o', self.path(f'direct{n}.sql')],
            'online': [*diff, '--online', '--script', '-o', self.path(f'online{n}.sql')],
            'page': ['plan', '--from', before, '--to', after],
            'json': ['plan', '--from', before, '--to', after, '--format', 'json'],
            'replay': [*again, self.path(f'direct{n}')],
            'replay-online': [*again, self.path(f'online{n}')],
        }

    def folder(self, way, n):
        """The script that `way` wrote, behind one that makes what it begins with."""
        base, script = self.path(f'{way}{n}'), self.path(f'{way}{n}.sql')
        if not os.path.exists(script):
            return
        shutil.rmtree(base, ignore_errors=True)
        os.makedirs(base + '/1_base')
        os.makedirs(base + '/2_step')
        with open(base + '/migration_lock.toml', 'w', encoding='utf-8') as out:
            out.write('provider = "postgresql"\n')
        subprocess.run([self.bellows, 'migrate', 'diff', '--from-empty', '--to-schema', self.path(f'from{n}.prisma'),
                        '--script', '-o', base + '/1_base/migration.sql'], capture_output=True, check=False)
        os.replace(script, base + '/2_step/migration.sql')

    def run(self, command, limit):
        """Seconds of the processor, MiB at the peak, and how it ended."""
        with open(self.path('said'), 'w', encoding='utf-8') as said:
            process = subprocess.Popen(
                [self.bellows, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                cwd=self.work, env={**os.environ, 'BELLOWS_CACHE': 'off'},
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)))
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode

    def judge(self, shape, figures, sizes):
        seconds, mib, code = figures[-1]
        told = []
        if len(figures) > 1 and seconds > 0.2 and seconds > 5.5 * figures[0][0]:
            told.append(f'{seconds / figures[0][0]:.1f} TIMES')
        if mib > 300:
            told.append('LARGE')
        if code < 0 or len(figures) < len(sizes):
            told.append(f'ENDS {code}')
        if code == 1 and not shape['name'].startswith('errors'):
            with open(self.path('said'), encoding='utf-8') as said:
                told.append(said.read(120).replace('\n', ' '))
        return told

    def measure(self, shape, name, sizes):
        figures = []
        for n in sizes:
            if name.startswith('replay'):
                self.folder('online' if name.endswith('online') else 'direct', n)
            limit = self.limit if n == sizes[-1] else max(2, self.limit // 4)
            figures.append(self.run(self.commands(n)[name], limit))
            if figures[-1][2] < 0:
                break
        return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('bellows')
    parser.add_argument('--only', default='')
    parser.add_argument('--commands', default='')
    parser.add_argument('--n', default='')
    parser.add_argument('--all', action='store_true')
    parser.add_argument('--limit', type=int, default=20)
    parser.add_argument('--keep', default='')
    args = parser.parse_args()
    work = args.keep or tempfile.mkdtemp()
    os.makedirs(work, exist_ok=True)
    bench = Bench(args.bellows, os.path.realpath(work), args.limit)
    wanted = [name for name in bench.commands(0) if not args.commands or name in args.commands.split(',')]
    for shape in read_shapes(os.path.join(os.path.dirname(os.path.realpath(__file__)), 'shapes.txt')):
        if not re.search(args.only, shape['name']):
            continue
        sizes = [int(n) for n in args.n.split(',')] if args.n else [shape['n'], 4 * shape['n']]
        for n in sizes:
            bench.write(shape, n)
        for name in wanted:
            if shape['only'] is not None and name not in shape['only']:
                continue
            figures = bench.measure(shape, name, sizes)
            told = bench.judge(shape, figures, sizes)
            if told or args.all:
                row = ''.join(f'{seconds * 1000:9.0f} ms {mib:4.0f} MiB' for seconds, mib, _ in figures)
                print(f"{shape['name']:50s} {name:13s}{row}  {' '.join(told)}", flush=True)
    if not args.keep:
        shutil.rmtree(work)


if __name__ == '__main__':
    main()
