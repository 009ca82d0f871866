/** Parses page adapters from the build, the proxy or a policy. Omits everything that does not follow the contract. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { ID_PATTERNS, type IdKind } from '../../proxy/contract/page-address.ts';
import { readRecords, readString, toRecord } from '../util/json.ts';

const POSITIONS = ['before', 'first', 'last', 'after'] as const;
const MAX_ADAPTERS = 100;
/** Limits from the contract. */
const MAX_ITEMS = 50;
const MAX_CHARACTERS = 500;

export function parseAdapters(value: unknown): ServedAdapter[] {
  // `readRecords` reads a field of a record.
  return readRecords({ value }, 'value')
    .slice(0, MAX_ADAPTERS)
    .flatMap((record): ServedAdapter[] => {
      const name = readString(record, 'name');
      const ats = readString(record, 'ats') ?? name;
      const hosts = readTexts(record['hosts']);
      const ids = Object.entries(toRecord(record['ids']));
      const areIdKindsKnown = ids.every(([, kind]) => Object.hasOwn(ID_PATTERNS, String(kind)));
      if (!name || !ats || !hosts.length || !areIdKindsKnown) return [];
      return [
        {
          name,
          ats,
          hosts,
          ids: Object.fromEntries(ids) as Record<string, IdKind>,
          addresses: readTexts(record['addresses']),
          suspects: readTexts(record['suspects']),
          links: readTexts(record['links']),
          marks: readRecords(record, 'marks').flatMap((mark) => {
            const id = readString(mark, 'id');
            const selector = readString(mark, 'selector');
            const attribute = readString(mark, 'attribute');
            return id && selector ? [{ id, selector, ...(attribute && { attribute }) }] : [];
          }),
          email: readTexts(record['email']),
          person: readTexts(record['person']),
          mount: readTexts(record['mount']),
          position: POSITIONS.find((position) => position === record['position']) ?? 'last',
          connected: record['connected'] !== false,
        },
      ];
    });
}

function readTexts(value: unknown): string[] {
  const items = Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];
  return items.filter((item): item is string => typeof item === 'string' && item.length <= MAX_CHARACTERS);
}
