#!/usr/bin/env python3
"""Tests of tools/sql2c: what it spells for each engine, and what it refuses, with file and line."""
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
import tempfile
import unittest

SQL2C = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'sql2c')


class Sql2cTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_on(self, mode, **files):
        """Runs sql2c on files given as name=text; returns (status, errors, the C source)."""
        paths = []
        for name, text in files.items():
            paths.append(os.path.join(self.folder.name, name.replace('__', '-') + '.sql'))
            with open(paths[-1], 'w', encoding='utf-8') as file:
                file.write(text)
        out = os.path.join(self.folder.name, 'out')
        done = subprocess.run(
            [sys.executable, SQL2C, mode, '--table', 't', '--include', 'x.h', '--header', out + '.h',
             '--source', out + '.c', *paths], capture_output=True, text=True, check=False)
        source = ''
        if done.returncode == 0:
            with open(out + '.c', encoding='utf-8') as file:
                source = file.read()
        return done.returncode, done.stderr.replace(self.folder.name + '/', ''), source

    def refused(self, mode, message, **files):
        status, errors, _ = self.run_on(mode, **files)
        self.assertNotEqual(status, 0, f'not refused: {files}')
        self.assertIn(message, errors)

    def test_statements_lose_comments_and_keep_what_quotes_hold(self):
        _, errors, source = self.run_on('statements', a=(
            '-- About the file.\n-- name: one\nSELECT \'it\'\'s; -- $ /* "?" */\', -- why\n'
            '  /* two\n lines */ x FROM y WHERE z = $1;\n'))
        self.assertEqual(errors, '')
        self.assertIn('"SELECT \'it\'\'s; -- $ /* \\"?\\" */\',\\n"\n      "  x FROM y WHERE z = $1;", 56}',
                      source)
        self.assertIn('{"", 0}, 1}', source)

    def test_a_second_spelling_is_postgres_own(self):
        _, _, source = self.run_on('statements', a='-- name: a\nSELECT 1;\n-- postgres:\nSELECT 2;\n')
        self.assertIn('{"SELECT 1;", 9},\n     {"SELECT 2;", 9}, 0}', source)

    def test_sqlite_is_spared_the_collation(self):
        _, _, source = self.run_on('statements', a='-- name: a\nSELECT x FROM y ORDER BY x COLLATE "C";\n')
        self.assertIn('{"SELECT x FROM y ORDER BY x;", 27}', source)
        self.assertIn('ORDER BY x COLLATE \\"C\\";", 39}', source)

    def test_text_beyond_ascii_keeps_its_bytes(self):
        _, _, source = self.run_on('statements', a="-- name: a\nSELECT 'é1';\n")
        self.assertIn("{\"SELECT '\\303\\2511';\", 13}", source)

    def test_statements_that_would_not_work_on_both_are_refused(self):
        for message, text in (
                ('a.sql:2: LIKE:', "-- name: a\nSELECT x FROM y WHERE x LIKE 'z';\n"),
                ('a.sql:3: ?:', '-- name: a\nSELECT x\nFROM y WHERE x = ?;\n'),
                ('a.sql:2: a: does not end with ;', '-- name: a\nSELECT 1\n'),
                ('a.sql:2: a: more than one statement', '-- name: a\nSELECT 1; SELECT 2;\n'),
                ('a.sql:2: a: parameters are numbered from $1 without gaps; look at $2',
                 '-- name: a\nSELECT $1, $3;\n'),
                ('look at $1, $2', '-- name: a\nSELECT $3;\n'),
                ('look at $0', '-- name: a\nSELECT $0, $1;\n'),
                ('more than 64 parameters', '-- name: a\nSELECT $999999999;\n'),
                ('a.sql:2: a: more than 64 parameters',
                 '-- name: a\nSELECT ' + ', '.join(f'${n}' for n in range(1, 66)) + ';\n'),
                ("a.sql:2: '$1': a parameter does not work inside quotes",
                 "-- name: a\nSELECT '$1';\n"),
                ("a.sql:2: ' is never closed", "-- name: a\nSELECT 'x;\n"),
                ('a.sql:1: a: the two spellings take different parameters',
                 '-- name: a\nSELECT $1;\n-- postgres:\nSELECT 1;\n'),
                ('a.sql:3: a: the name is taken by a.sql:1',
                 '-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n'),
                ('a.sql:1: "--name: a" is nearly a label', '--name: a\nSELECT 1;\n'),
                ('a.sql:1: "A-b" is no name', '-- name: A-b\nSELECT 1;\n'),
                ('a.sql:1: a statement before the first', 'SELECT 1;\n'),
                ('a.sql:2: a: a script takes no parameters', '-- script: a\nSELECT $1;\n'),
                ('a.sql:1: nothing stands here', '-- only a comment\n')):
            with self.subTest(text=text):
                self.refused('statements', message, a=text)

    def test_a_name_is_used_once_among_all_files(self):
        self.refused('statements', 'b.sql:2: a: the name is taken by a.sql:1',
                     a='-- name: a\nSELECT 1;\n', b='\n-- name: a\nSELECT 2;\n')

    def test_migrations_are_spelled_for_each_engine_in_order(self):
        _, errors, source = self.run_on(
            'migrations', **{'0002__b': 'SELECT 2;\n',
                             '0001__a': "CREATE TABLE x (id IDENTITY, t TEXT);\n-- sqlite:\nSELECT 'lite';\n"
                                        '-- postgres:\nSELECT 2 AS IDENTITY;\n-- both:\nSELECT 3;\n'})
        self.assertEqual(errors, '')
        self.assertLess(source.index('0001-a.sql'), source.index('0002-b.sql'))
        self.assertIn('"CREATE TABLE x (id INTEGER PRIMARY KEY, t TEXT);\\n"\n      "SELECT \'lite\';\\n"\n'
                      '      "SELECT 3;"', source)
        self.assertIn('(id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, t TEXT);\\n"\n'
                      '      "SELECT 2 AS IDENTITY;\\n"\n      "SELECT 3;"', source)

    def test_a_comment_does_not_change_a_migration(self):
        plain = self.run_on('migrations', **{'0001__a': 'CREATE TABLE x (\n  t TEXT\n);\n'})
        told = self.run_on('migrations', **{'0001__a': '-- Why.\n\nCREATE TABLE x (\n  t TEXT -- what\n);\n'})
        self.assertEqual(plain[2], told[2])

    def test_migrations_that_would_not_work_on_both_are_refused(self):
        for message, text in (
                ('0001-a.sql:2: INTEGER:', 'CREATE TABLE x (\n  a INTEGER\n);\n'),
                ('0001-a.sql:1: BEGIN:', 'BEGIN; SELECT 1;\n'),
                ('0001-a.sql:1: a migration takes no parameters', 'SELECT $1;\n'),
                ('0001-a.sql:1: the spelling for postgres does not end with ;',
                 '-- sqlite:\nSELECT 1;\n')):
            with self.subTest(text=text):
                self.refused('migrations', message, **{'0001__a': text})
        self.refused('migrations', 'a migration is called NNNN-what.sql', a='SELECT 1;\n')
        self.refused('migrations', '0001-b.sql:1: 0001: the number is taken by 0001-a.sql',
                     **{'0001__a': 'SELECT 1;\n', '0001__b': 'SELECT 1;\n'})


if __name__ == '__main__':
    unittest.main()
