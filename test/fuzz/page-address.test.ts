/** Addresses of pages, and pages that swap candidates: whatever comes, nobody else is named. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BUILT_IN_ADAPTERS } from '../../proxy/contract/built-in-page-adapters.ts';
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { extractIds, ID_PATTERNS, type IdKind, isUrlOnHost, matchTemplate } from '../../proxy/contract/page-address.ts';
import { matchPage } from '../../widget/extension/page-detection/read-page.ts';
import { debounceIdentity, INITIAL_STATE } from '../../widget/extension/page-detection/stable-identity.ts';
import { testProperty } from '../support/property.ts';

const ADAPTERS: ServedAdapter[] = BUILT_IN_ADAPTERS.map((adapter) => ({ ...adapter, connected: true }));

const idOfKind: Record<IdKind, fc.Arbitrary<string>> = {
  digits: fc.integer({ min: 1, max: 1e9 }).map(String),
  uuid: fc.uuid(),
  text: fc.stringMatching(/^[A-Za-z0-9][\w.~$-]{0,20}$/),
};
const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/);

/** A template, an address made by it, and the ids that stand in it. */
const made = fc
  .record({
    kinds: fc.array(fc.constantFrom<IdKind>('digits', 'uuid', 'text'), { minLength: 1, maxLength: 4 }),
    words: fc.array(word, { minLength: 5, maxLength: 5 }),
    inQuery: fc.boolean(),
    isOpen: fc.boolean(),
    rest: fc.array(word, { maxLength: 3 }),
  })
  .chain(({ kinds, words, inQuery, isOpen, rest }) =>
    fc.tuple(...kinds.map((kind) => idOfKind[kind])).map((ids) => {
      const names = kinds.map((_, n) => `id${n}`);
      const inPath = inQuery ? names.slice(1) : names;
      const template = `/${words[0]}${inPath.map((name, n) => `/${words[n + 1]}/{${name}}`).join('')}${isOpen ? '/**' : ''}${inQuery ? '?q={id0}' : ''}`;
      const all = Object.fromEntries(names.map((name, n) => [name, ids[n] ?? '']));
      const filled = template
        .replace('/**', rest.map((one) => `/${one}`).join(''))
        .replace(/\{(\w+)\}/g, (_, name) => all[name] ?? '');
      const expected = Object.fromEntries(
        names.map((name, n) => [name, kinds[n] === 'uuid' ? all[name]?.toLowerCase() : all[name]]),
      );
      return {
        template,
        address: filled,
        expected,
        kinds: Object.fromEntries(names.map((name, n) => [name, kinds[n] ?? 'text'])),
      };
    }),
  );

const piece = fc.oneof(
  word,
  idOfKind.digits,
  idOfKind.uuid,
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
const address = fc
  .tuple(
    fc.constantFrom(
      'https://app.greenhouse.io',
      'https://hire.lever.co',
      'https://app.ashbyhq.com',
      'https://evil.example',
    ),
    fc.array(piece, { maxLength: 8 }),
    fc.constantFrom('', '?application_id=1', '?application_id=1&application_id=2', '?application_id=x', '#/people/1'),
  )
  .map(([origin, pieces, rest]) => `${origin}/${pieces.join('/')}${rest}`);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

describe('an address', () => {
  testProperty(
    'gives back the ids that it was made with',
    0.1,
    made,
    ({ template, address: made, expected, kinds }) => {
      assert.deepEqual(matchTemplate(template, new URL(made, 'https://ats.example'), kinds), expected);
    },
  );

  testProperty(
    'of any sort gives only ids of their kinds that stand in it, on hosts of the ATS',
    0.1,
    address,
    (text) => {
      if (!URL.canParse(text)) return;
      const url = new URL(text);
      const page = matchPage(ADAPTERS, url);
      if (!page) return;
      assert.ok(isUrlOnHost(page.adapter.hosts, url) && url.hostname !== 'evil.example');
      if (page.ids === 'unclear') return;
      for (const [name, id] of Object.entries(page.ids)) {
        assert.match(id, ID_PATTERNS[page.adapter.ids[name] ?? 'text']);
        assert.ok(url.href.toLowerCase().includes(id), `${id} is not in ${url.href}`);
      }
    },
  );

  it('that names two people names nobody', () => {
    const greenhouse = ADAPTERS.find(({ name }) => name === 'greenhouse');
    assert.ok(greenhouse);
    const at = (path: string) => extractIds(greenhouse, new URL(path, 'https://app.greenhouse.io'));
    assert.equal(at('/people/1/applications/2?application_id=3'), 'unclear');
    assert.deepEqual(at('/people/1/applications/2?application_id=2'), { person: '1', application: '2' });
    assert.deepEqual(at('/people/1?application_id=2&application_id=3'), { person: '1' });
    assert.equal(at('/people/one'), undefined);
  });
});

type Step = { to: number; style: 'address first' | 'page first' | 'together'; lag: number; stay: number };

const switches = fc.array(
  fc.record({
    to: fc.integer({ min: 1, max: 5 }),
    style: fc.constantFrom<Step['style']>('address first', 'page first', 'together'),
    lag: fc.integer({ min: 0, max: 900 }),
    stay: fc.integer({ min: 0, max: 4_000 }),
  }),
  { maxLength: 12 },
);

describe('a page that swaps candidates in place', () => {
  const [adapter] = ADAPTERS as [ServedAdapter];

  testProperty(
    'is never said to be of one while it shows another, and says who it is in the end',
    0.07,
    switches,
    (steps) => {
      let now = 0;
      let [inAddress, onShow] = [1, 1];
      let state = INITIAL_STATE;
      let due = Number.POSITIVE_INFINITY;
      const look = () => {
        const snapshot = {
          adapter,
          ids: { person: String(inAddress) },
          from: 'address',
          shown: { name: `Person ${onShow}` },
        } as const;
        const result = debounceIdentity(state, snapshot, now);
        state = result.state;
        due = result.recheckMs === undefined ? Number.POSITIVE_INFINITY : now + result.recheckMs;
        if (result.identity.state === 'candidate') {
          assert.equal(result.identity.ids['person'], String(inAddress));
          assert.equal(onShow, inAddress, 'it names one candidate while the page shows another');
        }
        return result.identity;
      };
      /** Looks are taken at each change, and when they are due. */
      const pass = (ms: number) => {
        const end = now + ms;
        while (due <= end) {
          now = due;
          look();
        }
        now = end;
      };
      look();
      for (const { to, style, lag, stay } of steps) {
        if (style !== 'page first') inAddress = to;
        if (style !== 'address first') onShow = to;
        look();
        pass(lag);
        [inAddress, onShow] = [to, to];
        look();
        pass(stay);
      }
      pass(10_000);
      assert.equal(look().state, 'candidate');
    },
  );
});
