import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { createFilePath, withStore } from '../../support/store-file.ts';
import { SQLITE_ONLY } from '../../support/test-database.ts';

describe('the store', () => {
  it('opens after a crash at any statement of the first start', { skip: SQLITE_ONLY }, async (test) => {
    const file = createFilePath();
    const crashes: string[] = [];
    const { prepare } = Database.prototype;
    test.mock.method(Database.prototype, 'prepare', function (this: Database.Database, sql: string) {
      // A killed process leaves these files. SQLite rebuilds the index of the write-ahead log.
      const copy = createFilePath();
      mkdirSync(dirname(copy));
      for (const end of ['', '-wal'].filter((end) => existsSync(file + end))) copyFileSync(file + end, copy + end);
      crashes.push(copy);
      return prepare.call(this, sql);
    });
    await withStore(async () => {}, file);
    test.mock.restoreAll();
    assert.ok(crashes.length > 30, String(crashes.length));
    for (const copy of crashes) await withStore((store) => store.checkWritable(), copy);
  });
});
