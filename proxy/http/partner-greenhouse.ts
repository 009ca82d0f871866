/** Greenhouse's Assessment API, which recruiters use from a candidate's profile in Greenhouse. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { renderStatus, renderTests, responseErrorSchema, sendTestSchema, toOrder } from '../partners/greenhouse.ts';
import { redact } from '../util/redact.ts';
import { createWithPartner } from './require-partner.ts';
import { parseBody } from './validate.ts';

export function createGreenhousePartnerRouter(context: Context): Router {
  const { config, orders, audit, log, getResultUrl } = context;
  const withPartner = createWithPartner(context, 'greenhouse');
  const router = Router();

  router.get(
    ROUTES.partnerGreenhouseTests,
    withPartner(async (_caller, _request, response) => {
      response.json(renderTests(config().assessments));
    }),
  );

  router.post(
    ROUTES.partnerGreenhouseSend,
    withPartner(async (caller, { body }, response) => {
      const order = toOrder(parseBody(sendTestSchema, body), config().adapters);
      response.json({ partner_interview_id: await orders.place(caller, order) });
    }),
  );

  router.get(
    ROUTES.partnerGreenhouseStatus,
    withPartner(async (caller, { query }, response) => {
      const session = await orders.getSession(caller, 'greenhouse', String(query['partner_interview_id']));
      if (session.status === 'completed') await audit.recordViewed(caller, session);
      else await audit.recordSeen(caller, [session]);
      response.json(renderStatus(session, getResultUrl(session.session_uuid)));
    }),
  );

  router.post(
    ROUTES.partnerGreenhouseError,
    withPartner(async (_caller, { body }, response) => {
      const { api_call, errors, partner_interview_id } = parseBody(responseErrorSchema, body);
      const name = await orders.findCandidateName('greenhouse', partner_interview_id ?? '');
      const hidden = { secrets: config().partners.keys.greenhouse ?? [], names: name === undefined ? [] : [name] };
      log.error(
        { alert: 'partner_response_error', api_call, errors: errors.map((text) => redact(text, hidden)) },
        'Greenhouse did not understand a response',
      );
      response.json({ status: 200 });
    }),
  );

  return router;
}
