/** Random URLs, and pages that switch between candidates: the extension never returns the ids of another candidate. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BUILT_IN_ADAPTERS } from '../../proxy/contract/built-in-page-adapters.ts';
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { extractIds, ID_PATTERNS, type IdKind, isUrlOnHost, matchTemplate } from '../../proxy/contract/page-address.ts';
import { matchAddress } from '../../widget/extension/page-detection/match-address.ts';
import { debounceIdentity, INITIAL_STATE } from '../../widget/extension/page-detection/stable-identity.ts';
import { testProperty } from '../support/property.ts';

const ADAPTERS: ServedAdapter[] = BUILT_IN_ADAPTERS.map((adapter) => ({ ...adapter, connected: true }));

const idsByKind: Record<IdKind, fc.Arbitrary<string>> = {
  digits: fc.integer({ min: 1, max: 1e9 }).map(String),
  uuid: fc.uuid(),
  text: fc.stringMatching(/^[A-Za-z0-9][\w.~$-]{0,20}$/),
};
const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/);

/** A template, a URL that matches it, and the ids in the URL. */
const templateWithUrl = fc
  .record({
    kinds: fc.array(fc.constantFrom<IdKind>('digits', 'uuid', 'text'), { minLength: 1, maxLength: 4 }),
    words: fc.array(word, { minLength: 5, maxLength: 5 }),
    isFirstIdInQuery: fc.boolean(),
    isOpenEnded: fc.boolean(),
    /** The segments that `/**` matches in an open-ended template. */
    rest: fc.array(word, { maxLength: 3 }),
  })
  .chain(({ kinds, words, isFirstIdInQuery, isOpenEnded, rest }) =>
    fc.tuple(...kinds.map((kind) => idsByKind[kind])).map((ids) => {
      const names = kinds.map((_, n) => `id${n}`);
      const inPath = isFirstIdInQuery ? names.slice(1) : names;
      const pathWithIds = inPath.map((name, n) => `/${words[n + 1]}/{${name}}`).join('');
      const template = `/${words[0]}${pathWithIds}${isOpenEnded ? '/**' : ''}${isFirstIdInQuery ? '?q={id0}' : ''}`;
      const idsByName = Object.fromEntries(names.map((name, n) => [name, ids[n] ?? '']));
      const path = template
        .replace('/**', rest.map((segment) => `/${segment}`).join(''))
        .replace(/\{(\w+)\}/g, (_, name) => idsByName[name] ?? '');
      const expected = Object.fromEntries(
        names.map((name, n) => [name, kinds[n] === 'uuid' ? idsByName[name]?.toLowerCase() : idsByName[name]]),
      );
      return {
        template,
        path,
        expected,
        kinds: Object.fromEntries(names.map((name, n) => [name, kinds[n] ?? 'text'])),
      };
    }),
  );

const segment = fc.oneof(
  word,
  idsByKind.digits,
  idsByKind.uuid,
  fc.constantFrom(
    'people',
    'candidates',
    'applications',
    'candidate-searches',
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '*',
    '**',
    '{person}',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map(encodeURIComponentSafely),
);
const arbitraryUrl = fc
  .tuple(
    fc.constantFrom(
      'https://app.greenhouse.io',
      'https://hire.lever.co',
      'https://app.ashbyhq.com',
      'https://evil.example',
    ),
    fc.array(segment, { maxLength: 8 }),
    fc.constantFrom('', '?application_id=1', '?application_id=1&application_id=2', '?application_id=x', '#/people/1'),
  )
  .map(([origin, segments, suffix]) => `${origin}/${segments.join('/')}${suffix}`);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

describe('the ids in a URL', () => {
  testProperty(
    'are extracted by a matching template',
    { shareOfCases: 0.1 },
    templateWithUrl,
    ({ template, path, expected, kinds }) => {
      assert.deepEqual(matchTemplate(template, new URL(path, 'https://ats.example'), kinds), expected);
    },
  );

  testProperty(
    'are part of the URL, have a valid format, and come from a host of the ATS',
    { shareOfCases: 0.1 },
    arbitraryUrl,
    (text) => {
      if (!URL.canParse(text)) return;
      const url = new URL(text);
      const { adapter, ids = {} } = matchAddress(ADAPTERS, url.href);
      if (!adapter) return;
      assert.ok(isUrlOnHost(adapter.hosts, url) && url.hostname !== 'evil.example');
      if (ids === 'contradictory') return;
      for (const [name, id] of Object.entries(ids)) {
        assert.match(id, ID_PATTERNS[adapter.ids[name] ?? 'text']);
        assert.ok(url.href.toLowerCase().includes(id), `${id} is not in ${url.href}`);
      }
    },
  );

  it('are unclear if the path and the query name different applications', () => {
    const greenhouse = ADAPTERS.find(({ name }) => name === 'greenhouse');
    assert.ok(greenhouse);
    const extract = (path: string) => extractIds(greenhouse, new URL(path, 'https://app.greenhouse.io'));
    assert.equal(extract('/people/1/applications/2?application_id=3'), 'contradictory');
    assert.deepEqual(extract('/people/1/applications/2?application_id=2'), { person: '1', application: '2' });
    assert.deepEqual(extract('/people/1?application_id=2&application_id=3'), { person: '1' });
    assert.equal(extract('/people/one'), undefined);
  });
});

interface Switch {
  candidate: number;
  order: 'url first' | 'page first' | 'together';
  /** Milliseconds between the change of the URL and the change of the page. */
  lagMs: number;
  /** Milliseconds until the next switch. */
  stayMs: number;
}

const switches = fc.array(
  fc.record({
    candidate: fc.integer({ min: 1, max: 5 }),
    order: fc.constantFrom<Switch['order']>('url first', 'page first', 'together'),
    lagMs: fc.integer({ min: 0, max: 900 }),
    stayMs: fc.integer({ min: 0, max: 4_000 }),
  }),
  { maxLength: 12 },
);

describe('a page that switches between candidates', () => {
  const [adapter] = ADAPTERS as [ServedAdapter];

  testProperty(
    'is identified once it is stable, and never as another candidate than the page shows',
    { shareOfCases: 0.07 },
    switches,
    (generated) => {
      let now = 0;
      let [inUrl, onPage] = [1, 1];
      let state = INITIAL_STATE;
      let recheckAt = Number.POSITIVE_INFINITY;
      const read = () => {
        const snapshot = {
          address: '',
          adapter,
          ids: { person: String(inUrl) },
          from: 'address',
          shown: { name: `Person ${onPage}` },
        } as const;
        const result = debounceIdentity(state, snapshot, now);
        state = result.state;
        recheckAt = result.recheckMs === undefined ? Number.POSITIVE_INFINITY : now + result.recheckMs;
        if (result.identity.state === 'candidate') {
          assert.equal(result.identity.ids['person'], String(inUrl));
          assert.equal(onPage, inUrl, 'identifies one candidate while the page shows another');
        }
        return result.identity;
      };
      const advance = (ms: number) => {
        const end = now + ms;
        while (recheckAt <= end) {
          now = recheckAt;
          read();
        }
        now = end;
      };
      read();
      for (const { candidate, order, lagMs, stayMs } of generated) {
        if (order !== 'page first') inUrl = candidate;
        if (order !== 'url first') onPage = candidate;
        read();
        advance(lagMs);
        [inUrl, onPage] = [candidate, candidate];
        read();
        advance(stayMs);
      }
      advance(10_000);
      assert.equal(read().state, 'candidate');
    },
  );
});
