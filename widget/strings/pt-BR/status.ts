export const noAccess = 'Sem acesso';
export const statusUnavailable = 'Status indisponível';
export const signedOut = 'Não conectado';
