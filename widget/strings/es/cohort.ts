import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Invitar a candidatos';
export const noInvitePermission = 'No tiene permiso para invitar a candidatos. Contacte con TI.';
export const pasteLabel = 'Pegar candidatos desde una hoja de cálculo o un correo';
export const pastePlaceholder = 'Ana Ejemplo <ana@example.com>\nLuis Modelo, luis@example.com';
export const checkCandidates = 'Revisar la lista';
export const chooseFile = 'Elegir un archivo CSV';
export const sourceHint = 'Podrá revisar la lista antes de invitar.';
export const readingCandidates = 'Leyendo candidatos…';
export const noCandidatesFound =
  'No se han encontrado candidatos. Pegue una persona por línea, con nombre y correo electrónico.';
export const tooManyCandidates = 'Esta lista tiene más de 10 000 candidatos. Divídala en listas más pequeñas.';
export const listTooLong = 'Este archivo es demasiado grande. Divídalo en archivos más pequeños.';
export const unreadableFile = 'No se puede leer el archivo. Guárdelo como CSV e inténtelo de nuevo.';
export const previewHeading = 'Revisar la lista';
export const checking = 'Comprobando candidatos…';
export const discardList = 'Descartar la lista';
export const edit = 'Editar';
export const remove = 'Quitar';
export const save = 'Guardar';
export const cancelEdit = 'Cancelar';
export const nameColumn = 'Candidato/a';
export const emailColumn = 'Correo electrónico';
export const statusColumn = 'Estado';
export const actionsColumn = 'Acciones';
export const nameLabel = 'Nombre';
export const filterLabel = 'Mostrar';
export const previousPage = 'Anterior';
export const nextPage = 'Siguiente';
export const noRows = 'No hay candidatos en este grupo.';
export const nothingToInvite = 'No hay candidatos nuevos que invitar.';
export const retryFailed = 'Reintentar invitaciones fallidas';
export const cancelQueued = 'Cancelar invitaciones pendientes';
export const keepInviting = 'Seguir invitando';
export const copyLinks = 'Copiar enlaces';
export const copyLinksLabel = 'Copiar enlaces de todos los candidatos invitados';
export const downloadCsv = 'Descargar CSV';
export const inviteMore = 'Invitar a más candidatos';
export const pastBatches = 'Invitaciones anteriores';
export const openBatch = 'Abrir';
export const showMore = 'Mostrar más';
export const copyLink = 'Copiar enlace';
export const linksAfterInvite = 'Los candidatos no reciben ningún correo. Copie sus enlaces después de invitar.';
export const linksNotSent = 'Los candidatos no han recibido ningún correo. Copie sus enlaces y envíelos usted.';
export const estimating = 'Calculando el tiempo restante…';
export const csvHeader = ['Nombre', 'Correo electrónico', 'Estado', 'Motivo', 'Enlace'];

export const previewKinds = {
  unchecked: 'Comprobando…',
  new: 'Nuevo',
  existing: 'Invitación existente',
  conflict: 'Tiene otra evaluación',
  ended: 'Finalizada sin resultado',
  invalid: 'Requiere corrección',
};

export const outcomes = {
  queued: 'En cola',
  invited: 'Invitación creada',
  existing: 'Invitación existente',
  failed: 'Sin invitación',
  cancelled: 'Invitación cancelada',
};

export const reasons = {
  invalid_email: 'Este correo electrónico no es válido.',
  name_missing: 'Falta el nombre.',
  name_too_long: 'El nombre es demasiado largo.',
  duplicate: 'Este correo electrónico figura dos veces en la lista. Quite uno.',
  type_conflict: 'Solo una evaluación por proyecto. Esta persona ya tiene otra.',
  link_missing: 'Evalon no ha devuelto un enlace utilizable. Contacte con TI.',
  upstream_rejected:
    'Evalon ha rechazado la invitación. Corrija el nombre o el correo electrónico y añada a la persona a una lista nueva, o contacte con TI.',
  upstream_unavailable: 'No se pudo contactar con Evalon. Reinténtelo más tarde.',
  erased: 'Los datos de esta persona se han borrado.',
};

export const unknownReason = 'No se ha podido invitar a esta persona. Contacte con TI.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) =>
  plural(count, { one: 'Invitar a # persona', other: 'Invitar a # personas' });
export const invitingCount = (count: number) =>
  plural(count, { one: 'Invitando a # persona…', other: 'Invitando a # personas…' });
export const skippedCount = (count: number) =>
  plural(count, { one: 'No se invitará a # persona.', other: 'No se invitará a # personas.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: '¿Cancelar # invitación pendiente? No se invitará a esta persona.',
    other: '¿Cancelar # invitaciones pendientes? No se invitará a estas personas.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: 'Cancelar # invitación pendiente', other: 'Cancelar # invitaciones pendientes' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Todos';
export const editLabel = (candidate: string) => `Editar: ${candidate}`;
export const removeLabel = (candidate: string) => `Quitar: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Copiar enlace: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} a ${formatNumber(last)} de ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} de ${formatNumber(total)} procesados.`;
export const lessThanMinuteLeft = 'Queda menos de un minuto.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Queda aproximadamente # minuto.', other: 'Quedan aproximadamente # minutos.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'Queda aproximadamente # hora.', other: 'Quedan aproximadamente # horas.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# persona invitada.', other: '# personas invitadas.' }),
  existing: (count: number) => plural(count, { one: '# ya invitada.', other: '# ya invitadas.' }),
  failed: (count: number) => plural(count, { one: '# no invitada.', other: '# no invitadas.' }),
  cancelled: (count: number) => plural(count, { one: '# cancelada.', other: '# canceladas.' }),
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} en cola`,
  invited: (count: number) => plural(count, { one: '# invitada', other: '# invitadas' }),
  existing: (count: number) => plural(count, { one: '# ya invitada', other: '# ya invitadas' }),
  failed: (count: number) => plural(count, { one: '# no invitada', other: '# no invitadas' }),
  cancelled: (count: number) => plural(count, { one: '# cancelada', other: '# canceladas' }),
};

export const openBatchLabel = (time: string) => `Abrir: invitaciones del ${time}`;
export const csvFileName = (date: string) => `invitaciones-${date}.csv`;
