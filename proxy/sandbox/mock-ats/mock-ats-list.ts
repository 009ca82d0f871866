/** The four mock ATSs, with the URL patterns of their candidate pages. All ids are invented. */
import type { Adapter } from '../../contract/page-adapter.ts';
import { ASHBY_IDS, GREENHOUSE_IDS, LEVER_IDS, WORKDAY_IDS } from '../simulated-ats/candidates.ts';
import type { AtsName } from '../simulated-ats/written-records.ts';

export const MOCK_ATS_PATH = '/mock-ats';

export interface MockAts {
  name: AtsName;
  label: string;
  /** The format of each id in `pathPattern`. */
  ids: Record<string, 'digits' | 'uuid' | 'text'>;
  /** With placeholders for ids, such as `{application}`. */
  pathPattern: string;
  /**
   * Returns a candidate's ids for `pathPattern`.
   * @param index the candidate's position in `PEOPLE`.
   */
  getIds: (index: number) => Record<string, string>;
}

export const MOCK_ATS_LIST: readonly MockAts[] = [
  {
    name: 'greenhouse',
    label: 'Greenhouse',
    ids: { person: 'digits', application: 'digits' },
    pathPattern: `${MOCK_ATS_PATH}/greenhouse/people/{person}/applications/{application}`,
    getIds: (index) => ({ person: GREENHOUSE_IDS.person(index), application: GREENHOUSE_IDS.application(index) }),
  },
  {
    name: 'lever',
    label: 'Lever',
    ids: { opportunity: 'uuid' },
    pathPattern: `${MOCK_ATS_PATH}/lever/candidates/{opportunity}`,
    getIds: (index) => ({ opportunity: LEVER_IDS.opportunity(index) }),
  },
  {
    name: 'ashby',
    label: 'Ashby',
    ids: { candidate: 'uuid' },
    pathPattern: `${MOCK_ATS_PATH}/ashby/candidate-searches/new/right-side/candidates/{candidate}`,
    getIds: (index) => ({ candidate: ASHBY_IDS.candidate(index) }),
  },
  {
    name: 'workday',
    label: 'Workday',
    ids: { application: 'text' },
    pathPattern: `${MOCK_ATS_PATH}/workday/acme/d/inst/{application}.htmld`,
    getIds: (index) => ({ application: WORKDAY_IDS.application(index) }),
  },
];

export function buildCandidatePath({ pathPattern, getIds }: MockAts, index: number): string {
  const ids = getIds(index);
  return pathPattern.replace(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? '');
}

export const MOCK_ATS_ADAPTERS: readonly Adapter[] = MOCK_ATS_LIST.map(({ name, ids, pathPattern }) => ({
  name: `mock-${name}`,
  ats: name,
  hosts: ['127.0.0.1', 'localhost'],
  ids,
  addresses: [pathPattern],
  suspects: [],
  links: [],
  marks: [],
  email: [],
  person: [],
  mount: ['#beside'],
  position: 'last',
}));
