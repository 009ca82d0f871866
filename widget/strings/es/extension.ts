import { formats } from './formats.ts';

export const signInNeeded = 'Inicie sesión para ver las evaluaciones.';
export const signIn = 'Iniciar sesión';
export const signOut = 'Cerrar sesión';
export const continueInWindow = 'Continúe en la ventana de inicio de sesión.';
export const signInWindowClosed = 'La ventana de inicio de sesión se ha cerrado. Inicie sesión de nuevo.';
export const candidateTab = 'Candidato/a';
export const inboxTab = 'Bandeja de entrada';
export const noCandidate = 'Abra un candidato en su ATS para ver aquí sus evaluaciones.';
export const pageChanging = 'Esperando a que la página muestre un candidato…';
export const lookingUpCandidate = 'Buscando a la persona…';
export const retry = 'Reintentar';
export const noProxy = 'Esta extensión no tiene la dirección del proxy de su empresa. Introdúzcala en las opciones.';
export const openOptions = 'Abrir las opciones';
export const candidateUnknown = 'No se puede identificar a esta persona';
export const enterManually =
  'Introduzca el correo electrónico y el nombre de la persona. Revise lo que ya está rellenado: procede de la página.';
export const candidateNotFound = 'El ATS no conoce a esta persona o usted no tiene permiso para verla.';
export const noEmail = 'El ATS no tiene un correo electrónico de esta persona.';
export const noAssessments = 'No hay evaluaciones disponibles para esta persona. Contacte con TI.';
export const email = 'Correo electrónico';
export const name = 'Nombre';
export const useCandidate = 'Es esta persona';
export const candidateChanged =
  'La página muestra ahora a otra persona, por lo que no se ha enviado ninguna invitación.';
export const pageNotResponding =
  'La página no responde, por lo que no se ha enviado ninguna invitación. Recargue la página e inténtelo de nuevo.';
export const confirmCandidate =
  'La dirección de la página no identifica a la persona. ¿Es la persona que muestra la página?';
export const confirmYes = 'Sí, mostrar las evaluaciones';
export const confirmNo = 'No, es otra persona';
export const chipLabel = 'Abrir evaluaciones';
export const chipHint = 'Evalon: haga clic en el icono o pulse Alt+Mayús+E';
export const chipHintLabel = 'Evaluaciones de Evalon';
export const storeDescription =
  'Evaluaciones de Evalon junto a cada candidatura en Greenhouse, Lever, Ashby y Workday.';
export const proxyAddress = 'Dirección del proxy de Evalon de su empresa';
export const save = 'Guardar';
export const saved = 'Guardado.';
export const invalidAddress = 'No es la dirección de un proxy. Introduzca una que empiece por https://';
export const hostNotAllowed =
  'Su navegador no puede acceder a esta dirección hasta que la permita. Inténtelo de nuevo o contacte con TI.';
export const setByPolicy = 'Definido por su equipo de TI.';
export const blockedHostsTitle = 'Direcciones bloqueadas';
export const blockedHostsHint =
  'Su navegador bloquea estas direcciones para la extensión. Permítalas para ver las evaluaciones.';
export const proxyHostBlocked = 'Su navegador bloquea el acceso al proxy de su empresa. Permítalo en las opciones.';
export const optionalHostsTitle = 'Más páginas';
export const optionalHostsHint =
  'La configuración de su empresa incluye estas páginas. Permítalas para ver allí las evaluaciones.';
export const optionalHostsPending =
  'Algunas páginas necesitan su permiso para mostrar las evaluaciones. Permítalas en las opciones.';
export const allowButton = 'Permitir';
export const allowedSuffix = '(permitida)';
export const allowHost = (host: string) => `Permitir ${host}`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# resultado nuevo', other: '# resultados nuevos' }) : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Evaluaciones de Evalon. Esta persona: ${status}`;
