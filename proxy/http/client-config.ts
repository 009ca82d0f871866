/** Serves the widget's first request: the assessments, texts and page adapters for the recruiter. */
import { Router } from 'express';
import { canSeeProject, rightsFingerprint } from '../auth/recruiter.ts';
import type { Context } from '../context.ts';
import { type ClientConfig, LOCALES } from '../contract/client-config.ts';
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
      const { environment, assessments, delivery, messages, isComparisonEnabled, adapters } = config();
      const { companyName, notice } = messages;
      const clientConfig: ClientConfig = {
        environment,
        assessments: assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id)),
        delivery,
        locales: [...LOCALES],
        invite_subject: messages.inviteSubject,
        invite_message: messages.inviteMessage,
        reminder_subject: messages.reminderSubject,
        reminder_message: messages.reminderMessage,
        ...(companyName !== undefined && { company: companyName }),
        ...(notice !== undefined && { notice }),
        ...(recruiter.name !== undefined && { recruiter: recruiter.name }),
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
