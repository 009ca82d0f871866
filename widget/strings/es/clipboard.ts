export const copyManually = 'Su navegador ha bloqueado la copia. Copie este texto:';
