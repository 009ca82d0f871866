/** What a chip says, in English, where it has no status to tell; apart from en.ts, so that no other page loads it. */
export const noAccess = 'No permission';
export const unavailable = 'Could not load';
export const signedOut = 'Not signed in';
