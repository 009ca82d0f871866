/** Serves the widget's first request: the assessments, texts and page adapters for the recruiter. */
import { Router } from 'express';
import { canSeeProject, rightsFingerprint } from '../auth/recruiter.ts';
import type { Context } from '../context.ts';
import type { ClientConfig } from '../contract/client-config.ts';
import * as ROUTES from '../contract/routes.ts';
import type { WithRecruiter } from './require-recruiter.ts';

export function createClientConfigRouter(
  { config, store, isAtsConnected }: Context,
  withRecruiter: WithRecruiter,
): Router {
  const router = Router();

  router.get(
    ROUTES.config,
    withRecruiter(async (recruiter, _request, response) => {
      const { environment, assessments, delivery, inviteSubject, inviteMessage, isComparisonEnabled, adapters } =
        config();
      const clientConfig: ClientConfig = {
        environment,
        assessments: assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id)),
        delivery,
        invite_subject: inviteSubject,
        invite_message: inviteMessage,
        comparison: isComparisonEnabled,
        scope: [...recruiter.scope],
        viewer: rightsFingerprint(recruiter, store.pepper),
        adapters: adapters.map((adapter) => ({ ...adapter, connected: isAtsConnected(adapter.ats) })),
      };
      response.json(clientConfig);
    }),
  );

  return router;
}
