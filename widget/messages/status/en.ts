/** What a chip says, in English, where it has no status to tell; apart from en.ts, so that no other page loads it. */
export const noAccess = 'No access';
export const unavailable = 'Not available';
