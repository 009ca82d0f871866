/** Loads the code of each kind of element. The chunk of `evalon-assessments` contains what all elements share. */
const LOADERS: Record<string, () => Promise<{ default: CustomElementConstructor }>> = {
  'evalon-assessments': () => import('./evalon-assessments/evalon-assessments.ts'),
  'evalon-cohort': () => import('./evalon-cohort/evalon-cohort.ts'),
  'evalon-inbox': () => import('./evalon-inbox/evalon-inbox.ts'),
  'evalon-invite-button': () => import('./evalon-invite-button/evalon-invite-button.ts'),
  'evalon-results': () => import('./evalon-results/evalon-results.ts'),
  'evalon-scorecard': () => import('./evalon-scorecard/evalon-scorecard.ts'),
  'evalon-status': () => import('./evalon-status/evalon-status.ts'),
};

export default LOADERS;
