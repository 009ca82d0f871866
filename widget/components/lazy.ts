/** The part of the widget that a page without a result never needs. */
export const importReport = () => import('./report/report.ts');
