/** The part of the widget that a page without a result never needs. */
export const loadReport = () => import('./report/report.ts');
