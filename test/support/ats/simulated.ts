/** Starts the sandbox's simulated ATSs on a port. */
import type { TestContext } from 'node:test';
import express from 'express';
import {
  ASHBY_IDS,
  GREENHOUSE_IDS,
  LEVER_IDS,
  type SimulatedPerson,
  WORKDAY_IDS,
} from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import {
  createAtsConnectors,
  createLinkDelivery,
  createSimulatedAtss,
  createWriteBack,
} from '../../../proxy/sandbox/simulated-ats/simulated-atss.ts';
import type { AtsName } from '../../../proxy/sandbox/simulated-ats/written-records.ts';
import { startHttpServer } from '../http-server.ts';

/** For each ATS, returns the application id of the person at an index of the list of people. */
export const APPLICATION_IDS: Record<AtsName, (index: number) => string> = {
  greenhouse: GREENHOUSE_IDS.application,
  lever: LEVER_IDS.opportunity,
  ashby: ASHBY_IDS.application,
  workday: WORKDAY_IDS.application,
};
export const ATS_NAMES = Object.keys(APPLICATION_IDS) as AtsName[];

export const SIMULATED_PEOPLE: readonly SimulatedPerson[] = [
  { name: 'Anna Ames', email: 'anna@example.com', jobId: '11' },
  { name: 'Ben Bell', email: 'ben@example.com', jobId: '22' },
];

/** Serves until the test ends. */
export async function startSimulatedAtss(
  test: Pick<TestContext, 'after'>,
  clock: { now(): number } = Date,
  people: readonly SimulatedPerson[] = SIMULATED_PEOPLE,
) {
  const atss = createSimulatedAtss({ people, clock });
  const server = await startHttpServer(express().use(atss.router));
  const { url } = server;
  test.after(async () => {
    await server.close();
    atss.close();
  });
  return {
    ...atss,
    url,
    connectors: createAtsConnectors(url),
    writeBack: createWriteBack(url),
    linkDelivery: createLinkDelivery(url),
  };
}

/** The settings of a proxy that is connected to the simulated ATSs. */
export function buildAtsSettings({ greenhouse, lever, ashby, custom }: ReturnType<typeof createAtsConnectors>) {
  const { secret, ...connector } = custom;
  return {
    ATS_GREENHOUSE_CLIENT_ID: greenhouse.clientId,
    ATS_GREENHOUSE_CLIENT_SECRET: greenhouse.clientSecret,
    ATS_GREENHOUSE_URL: greenhouse.url,
    ATS_GREENHOUSE_TOKEN_URL: greenhouse.tokenUrl,
    ATS_LEVER_KEY: lever.key,
    ATS_LEVER_URL: lever.url,
    ATS_ASHBY_KEY: ashby.key,
    ATS_ASHBY_URL: ashby.url,
    ATS_HTTP: JSON.stringify(connector),
    ATS_HTTP_SECRET: secret,
  };
}
