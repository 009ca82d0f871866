export const copyManually = 'Uw browser heeft het kopiëren geblokkeerd. Kopieer deze tekst:';
