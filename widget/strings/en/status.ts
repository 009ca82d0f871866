/** English text of a chip without a status. */
export const noAccess = 'No access';
export const statusUnavailable = 'Status unavailable';
export const signedOut = 'Not signed in';
