/** What a chip says, in English, where it has no status to tell; apart from en.ts, so that no other page loads it. */
export const noAccess = 'You have no access';
export const statusUnavailable = 'Status not loaded';
export const signedOut = 'You are not signed in';
