#!/usr/bin/env python3
import argparse, os, re, resource, subprocess, sys, tempfile, time

HEAD = '''datasource db {
  provider = "postgresql"
}

'''
GENERATOR = '''generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views", "partialIndexes", "postgresqlExtensions"]
}

'''
REPEAT = re.compile(r'\*\{(.*?)(?:\|([^|{}]*))?\}\*', re.S)
PLACE = re.compile(r'#(\+\+|\+|-|~)?')

def grow(text, n):
    def many(match):
        body, between = match.group(1), match.group(2) or ''
        parts = PLACE.split(body)
        if len(parts) == 1:
            return between.join([body] * n)
        def one(i):
            out = [parts[0]]
            for sign, rest in zip(parts[1::2], parts[2::2]):
                out.append(str({None: i, '+': i + 1, '++': i + 2, '-': i - 1, '~': n - 1 - i}[sign]))
                out.append(rest)
            return ''.join(out)
        return between.join(one(i) for i in range(n))
    return REPEAT.sub(many, text)

def read(path):
    shapes, shape, part = [], None, None
    for line in open(path):
        if line.startswith('=== '):
            shape = {'name': line[4:].strip(), 'from': '', 'to': '', 'n': 5000, 'only': None}
            shapes.append(shape); part = None
        elif line.startswith('--- '):
            word, _, rest = line[4:].strip().partition(' ')
            if word in ('from', 'to', 'sql'):
                part = word; shape.setdefault(word, ''); 
            elif word == 'n':
                shape['n'] = int(rest)
            elif word == 'only':
                shape['only'] = rest.split()
        elif part:
            shape[part] += line
    return shapes

def schema(text, n):
    if not text.strip():
        return HEAD + GENERATOR
    return ('' if re.match(r'\s*datasource', text) else HEAD) + ('' if 'generator ' in text else GENERATOR) + grow(text, n)

def run(command, limit):
    out = open('/dev/null', 'w') if not args.show else None
    err = open(work + '/err', 'w')
    def limits():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    p = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, preexec_fn=limits,
                         env={**os.environ, 'BELLOWS_CACHE': 'off'}, cwd=work)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = status
    code = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code

parser = argparse.ArgumentParser()
parser.add_argument('bellows')
parser.add_argument('--only', default='')
parser.add_argument('--command', default='')
parser.add_argument('--shapes', default=os.path.join(os.path.dirname(__file__), 'shapes.txt'))
parser.add_argument('--n', type=int, default=0)
parser.add_argument('--show', action='store_true')
parser.add_argument('--all', action='store_true')
parser.add_argument('--keep', default='')
parser.add_argument('--limit', type=int, default=8)
parser.add_argument('--skip', type=int, default=0)
args = parser.parse_args()
work = args.keep or tempfile.mkdtemp(dir='/dev/shm')
os.makedirs(work, exist_ok=True)
bellows = os.path.realpath(args.bellows)

def commands(n):
    a, b = f'{work}/a{n}.prisma', f'{work}/b{n}.prisma'
    d = lambda *more: [bellows, 'migrate', 'diff', '--from-schema', a, '--to-schema', b, *more]
    return [
        ('validate', [bellows, 'validate', '--schema', b]),
        ('format', [bellows, 'format', '--check', '--schema', b]),
        ('direct', d('--script', '-o', f'{work}/direct{n}.sql')),
        ('summary', d()),
        ('online', d('--online', '--script', '-o', f'{work}/online{n}.sql')),
        ('plan', [bellows, 'plan', '--from', a, '--to', b]),
        ('json', [bellows, 'plan', '--from', a, '--to', b, '--format', 'json']),
        ('replay', [bellows, 'migrate', 'diff', '--replay', 'memory', '--from-migrations', f'{work}/direct{n}', '--to-schema', b]),
        ('ronline', [bellows, 'migrate', 'diff', '--replay', 'memory', '--from-migrations', f'{work}/online{n}', '--to-schema', b]),
    ]

def folder(way, n):
    base = f'{work}/{way}{n}'
    sql = base + '.sql'
    if not os.path.exists(sql):
        return
    os.makedirs(base + '/1_base', exist_ok=True)
    os.makedirs(base + '/2_step', exist_ok=True)
    open(base + '/migration_lock.toml', 'w').write('provider = "postgresql"\n')
    subprocess.run([bellows, 'migrate', 'diff', '--from-empty', '--to-schema', f'{work}/a{n}.prisma', '--script', '-o', base + '/1_base/migration.sql'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.replace(sql, base + '/2_step/migration.sql')

for shape in read(args.shapes)[args.skip:]:
    if args.only and not re.search(args.only, shape['name']):
        continue
    sizes = [args.n] if args.n else [shape['n'], 4 * shape['n']]
    for n in sizes:
        open(f'{work}/a{n}.prisma', 'w').write(schema(shape['from'], n))
        open(f'{work}/b{n}.prisma', 'w').write(schema(shape['to'], n))
        for way in ('direct', 'online'):
            if not args.keep:
                subprocess.run(['rm', '-rf', f'{work}/{way}{n}', f'{work}/{way}{n}.sql'])
    for at, (name, _) in enumerate(commands(1)):
        if (args.command and name not in args.command.split(',')) or (shape['only'] and name not in shape['only']):
            continue
        got = []
        for n in sizes:
            if name in ('replay', 'ronline'):
                folder({'replay': 'direct', 'ronline': 'online'}[name], n)
            t, m, code = run(commands(n)[at][1], args.limit if n == sizes[-1] else max(2, args.limit // 4))
            got.append((t, m, code))
            if code not in (0, 1, 2):
                break
        text = '  '.join(f'{t*1000:7.0f} ms {m:5.0f} MiB' for t, m, c in got)
        marks = []
        (t, m, c) = got[-1]
        if len(got) > 1 and t > 0.2 and t > 5.5 * got[0][0]:
            marks.append('%.1f TIMES' % (t / got[0][0]))
        if m > 300:
            marks.append('LARGE')
        if c not in (0, 1, 2):
            marks.append(f'ENDS {c}')
        if c == 1 and not shape['name'].startswith('errors'):
            marks.append('error: ' + open(work + '/err').read(300).replace('\n', ' ')[:200])
        if marks or args.all:
            print(f"{shape['name']:45s} {name:9s} {text}  {' '.join(marks)}", flush=True)
if not args.keep:
    subprocess.run(['rm', '-rf', work])
