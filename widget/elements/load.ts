/** Imports the panel and the code that all elements share. Each other element loads separately. */
import './evalon-assessments/evalon-assessments.ts';

export const LOADERS: Record<string, () => Promise<unknown>> = {
  'evalon-cohort': () => import('./evalon-cohort/evalon-cohort.ts'),
  'evalon-inbox': () => import('./evalon-inbox/evalon-inbox.ts'),
  'evalon-invite-button': () => import('./evalon-invite-button/evalon-invite-button.ts'),
  'evalon-scorecard': () => import('./evalon-scorecard/evalon-scorecard.ts'),
  'evalon-status': () => import('./evalon-status/evalon-status.ts'),
};
