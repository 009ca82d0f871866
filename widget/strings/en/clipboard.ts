/** English text for a browser that refuses to copy. */
export const copyManually = 'Your browser blocked copying. Copy this text:';
