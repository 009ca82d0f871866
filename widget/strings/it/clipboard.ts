export const copyManually = 'Il browser ha bloccato la copia. Copia questo testo:';
