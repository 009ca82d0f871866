/** The tables of docs/embed.md list exactly the names that the code has. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PROBLEM_CODES, type ProblemCode } from '../../proxy/contract/problem.ts';
import { sessionSchema } from '../../proxy/contract/session.ts';
import { SESSION_STATUSES } from '../../proxy/contract/status.ts';
import { PARTS } from '../../proxy/sandbox/builder/parts.ts';
import { COLORS } from '../../proxy/sandbox/builder/tokens.ts';
import { parseSession } from '../../widget/api/parse.ts';
import type { EvalonErrorCode } from '../../widget/package/events.ts';
import { ELEMENT_TAGS, readDocumentedNames } from '../support/documented-parts.ts';
import { extractCodeSpans, readTable } from '../support/markdown-tables.ts';

const DOCUMENT = 'docs/embed.md';
const WIDGET = join(import.meta.dirname, '../../widget');

/** The codes that only the widget reports. With this type, the code does not compile if one is missing. */
const WIDGET_CODES: Record<Exclude<EvalonErrorCode, ProblemCode>, true> = {
  unreachable: true,
  timeout: true,
  no_token: true,
  bad_answer: true,
  missing_attribute: true,
  page_conflict: true,
};

const MINIMAL_SESSION = { session_uuid: 'sess_1', candidate_email: 'jane@example.com', status: 'invited' };
const COMPLETE_SESSION = {
  ...MINIMAL_SESSION,
  candidate_name: 'Jane Smith',
  assessment_type: 'marketing',
  project_id: 'proj_abc123',
  candidate_url: 'https://evalon.example.com/s/1',
  link_problem: 'missing',
  confirming: true,
  result_unavailable: true,
  invited_by: 'rita',
  invited_by_name: 'Rita',
  handed_over: { at: '2026-01-15T14:31:00Z', by: { id: 'rita', name: 'Rita' }, kind: 'invite', channel: 'link' },
  ats_writes: [{ ats: 'greenhouse', label: 'Greenhouse', content: 'news', state: 'saved', at: '2026-01-15T14:32:00Z' }],
  invited_at: '2026-01-15T14:30:00Z',
  updated_at: '2026-01-15T14:30:00Z',
  completed_at: '2026-01-15T14:30:00Z',
  score_summary: { overall: 82, overall_max: 100, sections: [{ name: 'Strategy', score: 80 }] },
  last_event: 'session.paused',
};

/** Returns the names in the first column of the table whose first heading is `heading`. */
const listFirstNames = (heading: string) =>
  readTable(DOCUMENT, heading)
    .slice(1)
    .flatMap(([cell]) => extractCodeSpans(cell));

/** Returns for each element the names whose rows have a mark in the element's column. */
function readMarks(heading: string): Record<string, string[]> {
  const [headings = [], ...rows] = readTable(DOCUMENT, heading);
  const columns = headings.flatMap((text, index) =>
    extractCodeSpans(text).map((name) => [`evalon-${name}`, index] as const),
  );
  return Object.fromEntries(
    columns.map(([tag, index]) => [tag, rows.filter((row) => row[index]).flatMap(([cell]) => extractCodeSpans(cell))]),
  );
}

const sortUnique = (names: Iterable<string>) => [...new Set(names)].sort();

/** Returns the first group of each match in the sources of the widget. Leaves out the browser extension. */
function searchSources(pattern: RegExp): string[] {
  const files = readdirSync(WIDGET, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.startsWith('extension'))
    .flatMap((file) => [...readFileSync(join(WIDGET, file), 'utf8').matchAll(pattern)].map(([, name = '']) => name));
}

describe('docs/embed.md', () => {
  it('lists all codes of evalon-error', () => {
    const proxyCodes: readonly EvalonErrorCode[] = PROBLEM_CODES;
    assert.deepEqual(sortUnique(listFirstNames('code')), sortUnique([...proxyCodes, ...Object.keys(WIDGET_CODES)]));
  });

  it('lists every field of a session in an event, and which fields may be absent or null', () => {
    const rows = readTable(DOCUMENT, 'field').slice(1);
    const listFields = (isIncluded: (type: string) => boolean) =>
      sortUnique(rows.filter(([, type = '']) => isIncluded(type)).flatMap(([cell]) => extractCodeSpans(cell)));
    const minimal: Record<string, unknown> = { ...parseSession(MINIMAL_SESSION) };
    const complete: Record<string, unknown> = { ...parseSession(COMPLETE_SESSION) };
    assert.deepEqual(
      listFields(() => true),
      sortUnique(Object.keys(sessionSchema.shape)),
    );
    assert.deepEqual(sortUnique(Object.keys(complete)), sortUnique(Object.keys(sessionSchema.shape)));
    assert.deepEqual(
      listFields((type) => !type.includes('absent')),
      sortUnique(Object.keys(minimal)),
    );
    assert.deepEqual(
      listFields((type) => type.includes('null')),
      sortUnique(Object.keys(minimal).filter((name) => minimal[name] === null)),
    );
    const [, , statuses] = rows.find(([cell]) => cell === '`status`') ?? [];
    assert.deepEqual(sortUnique(extractCodeSpans(statuses)), sortUnique(SESSION_STATUSES));
  });

  for (const [jsDocTag, heading] of [
    ['csspart', 'part'],
    ['cssprop', 'property'],
  ] as const) {
    it(`lists every ${heading} of every element`, () => {
      const documented = readMarks(heading);
      assert.deepEqual(sortUnique(Object.keys(documented)), sortUnique(ELEMENT_TAGS));
      for (const tag of ELEMENT_TAGS)
        assert.deepEqual(sortUnique(documented[tag] ?? []), sortUnique(readDocumentedNames(tag, jsDocTag)), tag);
    });
  }

  it('lists exactly the parts and properties in the sources', () => {
    const parts = searchSources(/\spart="([a-z-]+)"/g);
    assert.deepEqual(sortUnique(listFirstNames('part')), sortUnique(parts));
    assert.deepEqual(sortUnique(listFirstNames('property')), sortUnique(searchSources(/var\((--evalon-[a-z-]+)/g)));
  });

  it('lists the parts that the sandbox’s /builder lists', () => {
    for (const [tag, names] of Object.entries(PARTS))
      assert.deepEqual(sortUnique(names.split(/\s+/)), sortUnique(readMarks('part')[tag] ?? []), tag);
  });

  it('lists the custom properties that the sandbox’s /builder offers', () => {
    const otherNames = ['radius', 'font-size', 'font-family', 'min-height'];
    const offered = [...COLORS.map(({ name }) => name), ...otherNames].map((name) => `--evalon-${name}`);
    assert.deepEqual(sortUnique(listFirstNames('property')), sortUnique(offered));
  });
});
