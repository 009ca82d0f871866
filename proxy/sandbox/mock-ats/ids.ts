/** The four mock ATSs: the URL pattern of a candidate's page, and the candidate ids. All ids are invented. */
import type { Adapter } from '../../contract/page-adapter.ts';
import { PEOPLE } from '../demo/people/people.ts';
import type { Person } from '../demo/people/person.ts';

/** The connector that resolves these ids. */
export const CONNECTOR_NAME = 'mock-ats';
export const MOCK_ATS_PATH = '/mock-ats';

export interface MockAts {
  name: string;
  label: string;
  idKind: 'digits' | 'uuid' | 'text';
  /** `{candidate}` is a placeholder for the id. */
  pathPattern: string;
  /** @param index of the person in the demo's list. */
  getCandidateId: (index: number) => string;
}

const createUuid = (group: string) => (index: number) =>
  `00000000-0000-4000-${group}-${String(index + 1).padStart(12, '0')}`;

export const MOCK_ATS_LIST: readonly MockAts[] = [
  {
    name: 'greenhouse',
    label: 'Greenhouse',
    idKind: 'digits',
    pathPattern: `${MOCK_ATS_PATH}/greenhouse/people/7/applications/{candidate}`,
    getCandidateId: (index) => String(4_001 + index),
  },
  {
    name: 'lever',
    label: 'Lever',
    idKind: 'uuid',
    pathPattern: `${MOCK_ATS_PATH}/lever/candidates/{candidate}`,
    getCandidateId: createUuid('8000'),
  },
  {
    name: 'ashby',
    label: 'Ashby',
    idKind: 'uuid',
    pathPattern: `${MOCK_ATS_PATH}/ashby/candidate-searches/new/right-side/candidates/{candidate}`,
    getCandidateId: createUuid('9000'),
  },
  {
    name: 'workday',
    label: 'Workday',
    idKind: 'text',
    pathPattern: `${MOCK_ATS_PATH}/workday/acme/d/inst/{candidate}.htmld`,
    getCandidateId: (index) => `JA-${1_001 + index}`,
  },
];

export function buildCandidatePath({ pathPattern, getCandidateId }: MockAts, index: number): string {
  return pathPattern.replace('{candidate}', getCandidateId(index));
}

/** Finds the person by an id of any mock ATS. */
export function findPersonById(id: string): Person | undefined {
  return PEOPLE.find((_, index) => MOCK_ATS_LIST.some(({ getCandidateId }) => getCandidateId(index) === id));
}

export const MOCK_ATS_ADAPTERS: readonly Adapter[] = MOCK_ATS_LIST.map(({ name, idKind, pathPattern }) => ({
  name: `mock-${name}`,
  ats: CONNECTOR_NAME,
  hosts: ['127.0.0.1', 'localhost'],
  ids: { candidate: idKind },
  addresses: [pathPattern],
  suspects: [],
  links: [],
  marks: [],
  email: [],
  person: [],
  mount: ['#beside'],
  position: 'last',
}));
