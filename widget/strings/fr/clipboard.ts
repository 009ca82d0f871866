export const copyManually = 'Votre navigateur a bloqué la copie. Copiez ce texte :';
