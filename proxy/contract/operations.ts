/** Every documented operation of the proxy. */
import { ADMINISTRATION_OPERATIONS } from './operations/administration.ts';
import { BATCH_OPERATIONS } from './operations/batches.ts';
import { CANDIDATE_OPERATIONS } from './operations/candidates.ts';
import { EVENT_OPERATIONS } from './operations/events.ts';
import type { Operation } from './operations/operation.ts';
import { SERVICE_OPERATIONS } from './operations/service.ts';
import { SESSION_OPERATIONS } from './operations/sessions.ts';
import { SIGN_IN_OPERATIONS } from './operations/sign-in.ts';
import { WEBHOOK_OPERATIONS } from './operations/webhooks.ts';

export const OPERATIONS: readonly Operation[] = [
  ...SESSION_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...BATCH_OPERATIONS,
  ...CANDIDATE_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
