/** English text of `evalon-scorecard`. */
export const scorecardTitle = 'Scorecard';

export function scorecardLabel(name: string): string {
  return `Scorecard: ${name}`;
}
