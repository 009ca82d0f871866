/** Serves the configuration that the widget requests first: the assessments, texts and page adapters for the recruiter. */
import { Router } from 'express';
import { canSeeProject, hashRights } from '../auth/recruiter.ts';
import type { Context } from '../context.ts';
import type { ClientConfig } from '../contract/client-config.ts';
import { findLocale, LOCALES } from '../contract/locales.ts';
import * as ROUTES from '../contract/routes.ts';
import type { WithRecruiter } from './require-recruiter.ts';

export function createClientConfigRouter(
  { config, store, isAtsConnected }: Context,
  withRecruiter: WithRecruiter,
): Router {
  const router = Router();

  router.get(
    ROUTES.config,
    withRecruiter(async (recruiter, { query: { locale } }, response) => {
      const { environment, assessments, delivery, messages, isComparisonEnabled, adapters } = config();
      const { companyName, notice } = messages;
      const templates = messages.templates[findLocale(String(locale ?? '')) ?? 'en'];
      const clientConfig: ClientConfig = {
        environment,
        assessments: assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id)),
        delivery,
        locales: [...LOCALES],
        invite_subject: templates.inviteSubject,
        invite_message: templates.inviteMessage,
        reminder_subject: templates.reminderSubject,
        reminder_message: templates.reminderMessage,
        ...(companyName !== undefined && { company: companyName }),
        ...(notice !== undefined && { notice }),
        ...(recruiter.name !== undefined && { recruiter: recruiter.name }),
        comparison: isComparisonEnabled,
        scope: [...recruiter.scope],
        viewer: hashRights(recruiter, store.pepper),
        adapters: adapters.map((adapter) => ({ ...adapter, connected: isAtsConnected(adapter.ats) })),
      };
      response.json(clientConfig);
    }),
  );

  return router;
}
