/** Adapters that come from the proxy or by policy are data of others: whatever is not as the contract says is left out. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { ID_PATTERNS, type IdKind } from '../../proxy/contract/page-address.ts';
import { isRecord, readRecords, readString, toRecord } from '../util/json.ts';

const POSITIONS = ['before', 'first', 'last', 'after'] as const;
/** As the contract has it: more is not meant well. */
const MOST = 50;
const LONGEST = 500;

export function parseAdapters(value: unknown): ServedAdapter[] {
  return readRecords({ value }, 'value')
    .slice(0, 2 * MOST)
    .flatMap((one): ServedAdapter[] => {
      const [name, ats] = [readString(one, 'name'), readString(one, 'ats') ?? readString(one, 'name')];
      const hosts = texts(one['hosts']);
      const ids = Object.entries(toRecord(one['ids']));
      if (!name || !ats || !hosts.length || !ids.every(([, kind]) => Object.hasOwn(ID_PATTERNS, String(kind))))
        return [];
      return [
        {
          name,
          ats,
          hosts,
          ids: Object.fromEntries(ids) as Record<string, IdKind>,
          addresses: texts(one['addresses']),
          suspects: texts(one['suspects']),
          links: texts(one['links']),
          marks: readRecords(one, 'marks').flatMap((mark) => {
            const [id, selector, attribute] = [
              readString(mark, 'id'),
              readString(mark, 'selector'),
              readString(mark, 'attribute'),
            ];
            return id && selector ? [{ id, selector, ...(attribute && { attribute }) }] : [];
          }),
          email: texts(one['email']),
          person: texts(one['person']),
          mount: texts(one['mount']),
          position: POSITIONS.find((position) => position === one['position']) ?? 'last',
          connected: one['connected'] !== false,
        },
      ];
    });
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) && !isRecord(value) ? value.slice(0, MOST) : [];
  return list.filter((text): text is string => typeof text === 'string' && text.length <= LONGEST);
}
