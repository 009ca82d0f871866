/** The four simulated ATSs: their APIs, their candidates, and what was written into them. */
import express, { type Router } from 'express';
import type { SimulatedAts } from './api.ts';
import { ASHBY_KEY, ASHBY_LINK_FIELD_ID, createSimulatedAshby } from './ashby.ts';
import { SimulatedCandidates, type SimulatedPerson } from './candidates.ts';
import { createSimulatedGreenhouse, GREENHOUSE_CLIENT } from './greenhouse.ts';
import { createSimulatedLever, LEVER_KEY } from './lever.ts';
import {
  createSimulatedWorkday,
  WORKDAY_LINKS_PATH,
  WORKDAY_NOTES_PATH,
  WORKDAY_REPORT_PATH,
  WORKDAY_USER,
} from './workday.ts';
import { type AtsName, WrittenRecords } from './written-records.ts';

export interface SimulatedAtss {
  router: Router;
  apis: Record<AtsName, SimulatedAts>;
  candidates: SimulatedCandidates;
  records: WrittenRecords;
  close(): void;
}

interface Options {
  people: readonly SimulatedPerson[];
  /** Default: in memory. */
  databaseFile?: string;
  clock?: { now(): number };
}

export function createSimulatedAtss({ people, databaseFile = ':memory:', clock = Date }: Options): SimulatedAtss {
  const candidates = new SimulatedCandidates(people);
  const records = new WrittenRecords(databaseFile, clock);
  const options = { candidates, records, clock };
  const apis = {
    greenhouse: createSimulatedGreenhouse(options),
    lever: createSimulatedLever(options),
    ashby: createSimulatedAshby(options),
    workday: createSimulatedWorkday(options),
  };
  const router = express.Router();
  for (const [name, { router: apiRouter }] of Object.entries(apis)) router.use(`/${name}`, apiRouter);
  return { router, apis, candidates, records, close: () => records.close() };
}

/**
 * Returns the settings with which the proxy connects to the simulated ATSs.
 * @param url the simulated ATSs' base URL, without a trailing slash.
 */
export function createAtsConnectors(url: string) {
  return {
    greenhouse: {
      clientId: GREENHOUSE_CLIENT.id,
      clientSecret: GREENHOUSE_CLIENT.secret,
      url: `${url}/greenhouse/v3`,
      tokenUrl: `${url}/greenhouse/token`,
    },
    lever: { key: LEVER_KEY, url: `${url}/lever/v1` },
    ashby: { key: ASHBY_KEY, url: `${url}/ashby` },
    custom: {
      ats: 'workday',
      label: 'Workday',
      url: `${url}/workday${WORKDAY_REPORT_PATH}?format=json&Job_Application={application}`,
      auth: { type: 'basic' as const, user: WORKDAY_USER.name },
      secret: WORKDAY_USER.password,
      ids: { application: { kind: 'text' as const, at: '/Application_ID' } },
      rows: '/Report_Entry',
      application: '/Application_ID',
      email: '/Email',
      name: ['/First_Name', '/Last_Name'],
      jobs: ['/Job_Requisition_ID'],
    },
  };
}

/**
 * Returns entries in the form of `ATS_WRITE_BACK`, with which the proxy writes notes into the ATSs.
 * @param url the simulated ATSs' base URL, without a trailing slash.
 */
export function createWriteBack(url: string) {
  const notesUrl = `${url}/workday${WORKDAY_NOTES_PATH}`;
  const note = { as: 'note' as const, on: ['invited', 'completed', 'ended'] as const, text: {}, dry_run: false };
  const workday = {
    request: {
      method: 'POST' as const,
      url: notesUrl,
      body: { Job_Application: '{application}', Text: '{text}' },
    },
    look: { url: `${notesUrl}?Job_Application={application}`, rows: '/Notes', text: '/Text' },
  };
  return [
    ...['greenhouse', 'lever', 'ashby'].map((ats) => ({ ...note, on: [...note.on], ats })),
    { ...note, on: [...note.on], ats: 'workday', ...workday },
  ];
}

/**
 * Returns entries in the form of `ATS_WRITE_BACK`, with which the ATSs get the candidate's link. The proxy accepts them
 * only with `INVITE_DELIVERY=ats`.
 * @param url the simulated ATSs' base URL, without a trailing slash.
 */
export function createLinkDelivery(url: string) {
  const link = { as: 'link' as const, on: ['invited' as const], dry_run: false };
  const request = {
    method: 'PUT' as const,
    url: `${url}/workday${WORKDAY_LINKS_PATH}`,
    body: { Job_Application: '{application}', Link: '{link}' },
  };
  return [
    { ...link, ats: 'greenhouse', field: 'evalon_link' },
    { ...link, ats: 'lever' },
    { ...link, ats: 'ashby', field: ASHBY_LINK_FIELD_ID },
    { ...link, ats: 'workday', request },
  ];
}
