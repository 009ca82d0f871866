export const copyManually = 'Seu navegador bloqueou a cópia. Copie este texto:';
