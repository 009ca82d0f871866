import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildRow, scored, startWithRows } from '../../support/listed-sessions.ts';

describe('a search for sessions', () => {
  it('finds every match on exactly one page, even if there are more matches than the proxy sorts at once', async (test) => {
    const rows = Array.from({ length: 3_600 }, (_, n) =>
      buildRow(n % 3 ? 'Other Name' : 'Common Name', `c${n}@example.com`, n, n % 2 ? {} : scored(n % 100)),
    );
    const { recruiter } = await startWithRows(test, rows);
    for (const sort of ['-updated_at', '-overall']) {
      const found = new Set<string>();
      let after: string | undefined;
      do {
        const { body } = await recruiter.list({ q: 'comm' }, { sort, limit: 200, after });
        for (const { session_uuid } of body.sessions) {
          assert.ok(!found.has(session_uuid));
          found.add(session_uuid);
        }
        after = body.next;
      } while (after !== undefined);
      // Every third session matches. A list in the order of scores has only the matches with a score: every second one.
      const matchCount = rows.length / 3;
      assert.equal(found.size, sort === '-overall' ? matchCount / 2 : matchCount);
    }
  });
});
