/**
 * A fake of a Workday custom report (RaaS). The report, its prompt (a parameter) and its columns are invented, because
 * each customer defines its own.
 */
import type { TestContext } from 'node:test';
import { encodeBasicAuth, type FakeServer, startFakeServer } from './server.ts';

export interface FakeWorkday extends FakeServer {
  rows: Record<string, unknown>[];
  /** Whether the report returns only the row of the prompted application. If false, it returns all rows. */
  filtersByPrompt: boolean;
  /** The connector of docs/ats/workday.md. */
  connector: Record<string, unknown>;
  /** The settings that connect a proxy to this fake. */
  settings: Record<string, string>;
}

const SECRET = 'workday-canary-password';

export async function startFakeWorkday(test: Pick<TestContext, 'after'>): Promise<FakeWorkday> {
  const server = await startFakeServer(test, ({ path, headers }) => {
    const { pathname, searchParams } = new URL(path, 'http://fake');
    if (headers.authorization !== encodeBasicAuth('ISU_evalon', SECRET)) return { status: 401, body: {} };
    if (pathname !== '/ccx/service/customreport2/acme/ISU_evalon/Evalon_Candidate') return undefined;
    if (searchParams.get('format') !== 'json') return { body: '<xml/>' };
    const prompt = searchParams.get('Job_Application');
    return {
      body: { Report_Entry: fake.rows.filter((row) => !fake.filtersByPrompt || row['Application_ID'] === prompt) },
    };
  });
  const connector = {
    ats: 'workday',
    label: 'Workday',
    url: `${server.url}/ccx/service/customreport2/acme/ISU_evalon/Evalon_Candidate?format=json&Job_Application={application}`,
    auth: { type: 'basic', user: 'ISU_evalon' },
    ids: { application: { kind: 'text', at: '/Application_ID' } },
    rows: '/Report_Entry',
    application: '/Application_ID',
    email: '/Email',
    name: ['/First_Name', '/Last_Name'],
    jobs: '/Job_Requisition_ID',
  };
  const fake: FakeWorkday = Object.assign(server, {
    rows: [],
    filtersByPrompt: true,
    connector,
    settings: { ATS_HTTP: JSON.stringify(connector), ATS_HTTP_SECRET: SECRET },
  });
  return fake;
}
