export const copyManually = 'Przeglądarka zablokowała kopiowanie. Skopiuj ten tekst:';
