/** The imitated ATSs: how the addresses of their candidates' pages look, and which ids the demo's people have there. All made up. */
import type { Adapter } from '../../contract/page-adapter.ts';
import { PEOPLE } from '../demo/people/people.ts';
import type { Person } from '../demo/people/person.ts';

/** The name of the connector that knows these ids. */
export const CONNECTOR_NAME = 'imitation';

export interface MockAts {
  name: string;
  label: string;
  idKind: 'digits' | 'uuid' | 'text';
  /** The address of a candidate's page; `{candidate}` is the id. */
  pathPattern: string;
  /** Of the n-th person. */
  getCandidateId: (index: number) => string;
}

const uuid = (group: string) => (index: number) => `00000000-0000-4000-${group}-${String(index + 1).padStart(12, '0')}`;

export const MOCK_ATS_LIST: readonly MockAts[] = [
  {
    name: 'greenhouse',
    label: 'Greenhouse',
    idKind: 'digits',
    pathPattern: '/imitation/greenhouse/people/7/applications/{candidate}',
    getCandidateId: (index) => String(4_001 + index),
  },
  {
    name: 'lever',
    label: 'Lever',
    idKind: 'uuid',
    pathPattern: '/imitation/lever/candidates/{candidate}',
    getCandidateId: uuid('8000'),
  },
  {
    name: 'ashby',
    label: 'Ashby',
    idKind: 'uuid',
    pathPattern: '/imitation/ashby/candidate-searches/new/right-side/candidates/{candidate}',
    getCandidateId: uuid('9000'),
  },
  {
    name: 'workday',
    label: 'Workday',
    idKind: 'text',
    pathPattern: '/imitation/workday/acme/d/inst/{candidate}.htmld',
    getCandidateId: (index) => `JA-${1_001 + index}`,
  },
];

export function buildCandidatePath({ pathPattern: address, getCandidateId: idOf }: MockAts, index: number): string {
  return address.replace('{candidate}', idOf(index));
}

/** Who an id stands for, in whichever of them. */
export function findPersonById(id: string): Person | undefined {
  return PEOPLE.find((_, index) => MOCK_ATS_LIST.some(({ getCandidateId: idOf }) => idOf(index) === id));
}

export const MOCK_ATS_ADAPTERS: readonly Adapter[] = MOCK_ATS_LIST.map(
  ({ name, idKind: kind, pathPattern: address }) => ({
    name: `imitation-${name}`,
    ats: CONNECTOR_NAME,
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
  }),
);
