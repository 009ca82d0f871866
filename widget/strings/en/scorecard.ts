/** English text of `evalon-scorecard`. */
export const scorecardTitle = 'Scorecard';
export const notFound = "This assessment doesn't exist, or you don't have access to it. Contact IT.";

export function scorecardLabel(name: string): string {
  return `Scorecard: ${name}`;
}
