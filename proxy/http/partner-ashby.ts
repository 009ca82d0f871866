/** Ashby's assessment partner API, which recruiters use from a candidate's profile in Ashby. */
import { type ErrorRequestHandler, Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { cancelSchema, renderAssessments, startSchema, toOrder } from '../partners/ashby.ts';
import { Unauthenticated } from '../util/errors.ts';
import { toProxyError } from './error-handler.ts';
import { createWithPartner } from './require-partner.ts';
import { parseBody } from './validate.ts';

export function createAshbyPartnerRouter(context: Context): Router {
  const { config, orders, log } = context;
  const withPartner = createWithPartner(context, 'ashby');
  const router = Router();

  router.post(
    ROUTES.partnerAshbyList,
    withPartner(async (_caller, _request, response) => {
      response.json({ success: true, results: renderAssessments(config().assessments) });
    }),
  );

  router.post(
    ROUTES.partnerAshbyStart,
    withPartner(async (caller, { body }, response) => {
      const assessment_id = await orders.place(caller, toOrder(parseBody(startSchema, body)));
      response.json({ success: true, results: { assessment_id } });
    }),
  );

  router.post(
    ROUTES.partnerAshbyCancel,
    withPartner(async (caller, { body }, response) => {
      const { assessment_id } = parseBody(cancelSchema, body);
      await orders.cancel(caller, 'ashby', assessment_id);
      response.json({ success: true, results: { assessment_id } });
    }),
  );

  /** Ashby shows the recruiter an error's message only if the status is 422. */
  const sendMessage: ErrorRequestHandler = (error, request, response, next) => {
    const proxyError = toProxyError(error);
    const isAuthenticated = response.locals['recruiter'] !== undefined;
    if (!proxyError || proxyError instanceof Unauthenticated || !isAuthenticated || response.headersSent) {
      next(error);
      return;
    }
    const { code, message } = proxyError;
    log.info({ method: request.method, route: request.route?.path, code }, 'request refused');
    response.status(422).json({ success: false, message, errors: [message] });
  };
  router.use(sendMessage);
  return router;
}
