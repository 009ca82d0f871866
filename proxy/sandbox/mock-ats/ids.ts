/** The imitated ATSs: how the addresses of their candidates' pages look, and which ids the demo's people have there. All made up. */
import type { Adapter } from '../../contract/page-adapter.ts';
import { PEOPLE } from '../demo/people/people.ts';
import type { Person } from '../demo/people/person.ts';

/** The name of the connector that knows these ids. */
export const CONNECTOR = 'imitation';

export interface Imitation {
  name: string;
  label: string;
  kind: 'digits' | 'uuid' | 'text';
  /** The address of a candidate's page; `{candidate}` is the id. */
  address: string;
  /** Of the n-th person. */
  idOf: (index: number) => string;
}

const uuid = (group: string) => (index: number) => `00000000-0000-4000-${group}-${String(index + 1).padStart(12, '0')}`;

export const IMITATIONS: readonly Imitation[] = [
  {
    name: 'greenhouse',
    label: 'Greenhouse',
    kind: 'digits',
    address: '/imitation/greenhouse/people/7/applications/{candidate}',
    idOf: (index) => String(4_001 + index),
  },
  {
    name: 'lever',
    label: 'Lever',
    kind: 'uuid',
    address: '/imitation/lever/candidates/{candidate}',
    idOf: uuid('8000'),
  },
  {
    name: 'ashby',
    label: 'Ashby',
    kind: 'uuid',
    address: '/imitation/ashby/candidate-searches/new/right-side/candidates/{candidate}',
    idOf: uuid('9000'),
  },
  {
    name: 'workday',
    label: 'Workday',
    kind: 'text',
    address: '/imitation/workday/acme/d/inst/{candidate}.htmld',
    idOf: (index) => `JA-${1_001 + index}`,
  },
];

export function addressOf({ address, idOf }: Imitation, index: number): string {
  return address.replace('{candidate}', idOf(index));
}

/** Who an id stands for, in whichever of them. */
export function personOf(id: string): Person | undefined {
  return PEOPLE.find((_, index) => IMITATIONS.some(({ idOf }) => idOf(index) === id));
}

export const ADAPTERS: readonly Adapter[] = IMITATIONS.map(({ name, kind, address }) => ({
  name: `imitation-${name}`,
  ats: CONNECTOR,
  hosts: ['127.0.0.1', 'localhost'],
  ids: { candidate: kind },
  addresses: [address],
  suspects: [],
  links: [],
  marks: [],
  email: [],
  person: [],
  mount: ['#beside'],
  position: 'last',
}));
