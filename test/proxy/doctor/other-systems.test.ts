import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ASHBY_PARTNER_KEY } from '../../support/ashby-partner-client.ts';
import { GREENHOUSE_WEBHOOK_SECRET } from '../../support/ats-webhooks.ts';
import { assertLine, deploy, runDoctorInProcess } from '../../support/doctor.ts';
import { GREENHOUSE_PARTNER_KEY } from '../../support/greenhouse-partner-client.ts';
import { serve } from '../../support/http-server.ts';
import { OUTBOUND_SECRET } from '../../support/webhook-receiver.ts';

describe('the doctor reports', { concurrency: 3 }, () => {
  for (const [status, line] of [
    [405, /^ok {4}OUTBOUND_WEBHOOK_URL at http:\S+ responds \(405 to HEAD\)/],
    [404, /^warn {2}OUTBOUND_WEBHOOK_URL at http:\S+ returns 404 → check the URL/],
    [301, /^warn {2}OUTBOUND_WEBHOOK_URL at http:\S+ redirects \(301\)/],
  ] as const) {
    it(`an OUTBOUND_WEBHOOK_URL that returns ${status}, and sends only a HEAD request`, async (test) => {
      const methods: string[] = [];
      const url = await serve(test, ({ method = '' }, response) => {
        methods.push(method);
        response.writeHead(status, { location: 'http://127.0.0.1:9' }).end();
      });
      const { settings } = await deploy(test, {
        OUTBOUND_WEBHOOK_URL: `${url}/events?key=secret`,
        OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET,
      });
      const report = await runDoctorInProcess(settings);
      assertLine(report, line);
      assert.deepEqual(methods, ['HEAD']);
      assert.ok(report.lines.every((printed) => !printed.includes('key=secret') && !printed.includes(OUTBOUND_SECRET)));
    });
  }

  it('what Greenhouse and Ashby can order, and which settings their orders lack', async (test) => {
    const { settings } = await deploy(test, {
      PARTNER_GREENHOUSE_KEY: GREENHOUSE_PARTNER_KEY,
      PARTNER_ASHBY_KEY: ASHBY_PARTNER_KEY,
    });
    const reportWithoutDelivery = await runDoctorInProcess(settings);
    assertLine(
      reportWithoutDelivery,
      /^warn {2}the proxy refuses orders from Greenhouse, because candidates get no link/,
    );
    assertLine(
      reportWithoutDelivery,
      /^warn {2}Ashby probably refuses results that are sent with PARTNER_ASHBY_KEY → set ATS_ASHBY_KEY/,
    );
    assertLine(reportWithoutDelivery, /^warn {2}links from the ATS to a result lead nowhere without single sign-on/);
    const reportWithDelivery = await runDoctorInProcess({ ...settings, INVITE_DELIVERY: 'evalon' });
    assertLine(reportWithDelivery, /^ok {4}Greenhouse can order Marketing, Sales/);
  });

  it('the stage triggers, and which settings they lack', async (test) => {
    const trigger = {
      ats: 'greenhouse',
      job: '11',
      stage: 'Assessment',
      project_id: 'proj_abc123',
      assessment_type: 'marketing',
      daily_limit: 10,
      dry_run: false,
    };
    const { settings } = await deploy(test, {
      STAGE_TRIGGERS: JSON.stringify([trigger, { ...trigger, job: '22', dry_run: true }]),
      ATS_WEBHOOK_SECRET_GREENHOUSE: GREENHOUSE_WEBHOOK_SECRET,
    });
    const report = await runDoctorInProcess(settings);
    assertLine(report, /^ok {4}STAGE_TRIGGERS: 1 active, 1 in a dry run/);
    assertLine(
      report,
      /^warn {2}triggers invite candidates, but with INVITE_DELIVERY=copy a recruiter must send each link/,
    );
    assertLine(report, /^warn {2}the proxy takes the candidates of triggers from Greenhouse's webhooks/);
  });
});
