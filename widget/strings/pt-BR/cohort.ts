import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const cohortTitle = 'Convidar candidatos';
export const noInvitePermission = 'Você não tem permissão para convidar candidatos. Fale com a TI.';
export const pasteLabel = 'Colar candidatos de uma planilha ou de um e-mail';
export const pastePlaceholder = 'Ana Exemplo <ana@example.com>\nLuís Modelo, luis@example.com';
export const checkCandidates = 'Revisar a lista';
export const chooseFile = 'Escolher um arquivo CSV';
export const sourceHint = 'Você pode revisar a lista antes de convidar.';
export const readingCandidates = 'Lendo candidatos…';
export const noCandidatesFound = 'Nenhum candidato encontrado. Cole uma pessoa por linha, com nome e e-mail.';
export const tooManyCandidates = 'Esta lista tem mais de 10.000 candidatos. Divida-a em listas menores.';
export const listTooLong = 'Este arquivo é grande demais. Divida-o em arquivos menores.';
export const unreadableFile = 'Não é possível ler o arquivo. Salve-o como CSV e tente novamente.';
export const previewHeading = 'Revisar a lista';
export const checking = 'Verificando candidatos…';
export const discardList = 'Descartar a lista';
export const edit = 'Editar';
export const remove = 'Remover';
export const save = 'Salvar';
export const cancelEdit = 'Cancelar';
export const nameColumn = 'Candidato(a)';
export const emailColumn = 'E-mail';
export const statusColumn = 'Status';
export const actionsColumn = 'Ações';
export const nameLabel = 'Nome';
export const filterLabel = 'Mostrar';
export const previousPage = 'Anterior';
export const nextPage = 'Próxima';
export const noRows = 'Nenhum candidato neste grupo.';
export const nothingToInvite = 'Nenhum candidato novo para convidar.';
export const retryFailed = 'Repetir convites com falha';
export const cancelQueued = 'Cancelar convites na fila';
export const keepInviting = 'Continuar convidando';
export const copyLinks = 'Copiar links';
export const copyLinksLabel = 'Copiar links de todos os candidatos convidados';
export const downloadCsv = 'Baixar CSV';
export const inviteMore = 'Convidar mais candidatos';
export const pastBatches = 'Convites anteriores';
export const openBatch = 'Abrir';
export const showMore = 'Mostrar mais';
export const copyLink = 'Copiar link';
export const linksAfterInvite = 'Os candidatos não recebem e-mail. Copie os links depois do convite.';
export const linksNotSent = 'Os candidatos não receberam e-mail. Copie os links e envie-os você mesmo.';
export const estimating = 'Calculando o tempo restante…';
export const csvHeader = ['Nome', 'E-mail', 'Status', 'Motivo', 'Link'];

export const previewKinds = {
  unchecked: 'Verificando…',
  new: 'Novo',
  existing: 'Convite existente',
  conflict: 'Tem outra avaliação',
  ended: 'Encerrada sem resultado',
  invalid: 'Precisa de correção',
};

export const outcomes = {
  queued: 'Na fila',
  invited: 'Convite criado',
  existing: 'Convite existente',
  failed: 'Sem convite',
  cancelled: 'Convite cancelado',
};

export const reasons = {
  invalid_email: 'Este e-mail não é válido.',
  name_missing: 'Falta o nome.',
  name_too_long: 'O nome é longo demais.',
  duplicate: 'Este e-mail aparece duas vezes na lista. Remova um.',
  type_conflict: 'Apenas uma avaliação por projeto. Esta pessoa já tem outra.',
  link_missing: 'A Evalon não retornou um link utilizável. Fale com a TI.',
  upstream_rejected:
    'A Evalon recusou o convite. Corrija o nome ou o e-mail e adicione a pessoa a uma nova lista, ou fale com a TI.',
  upstream_unavailable: 'Não foi possível acessar a Evalon. Tente mais tarde.',
  erased: 'Os dados desta pessoa foram apagados.',
};

export const unknownReason = 'Não foi possível convidar esta pessoa. Fale com a TI.';

export const formatCount = formatNumber;
export const inviteCount = (count: number) => plural(count, { one: 'Convidar # pessoa', other: 'Convidar # pessoas' });
export const invitingCount = (count: number) =>
  plural(count, { one: 'Convidando # pessoa…', other: 'Convidando # pessoas…' });
export const skippedCount = (count: number) =>
  plural(count, { one: '# pessoa não será convidada.', other: '# pessoas não serão convidadas.' });
export const cancelQuestion = (count: number) =>
  plural(count, {
    one: 'Cancelar # convite na fila? Esta pessoa não será convidada.',
    other: 'Cancelar # convites na fila? Estas pessoas não serão convidadas.',
  });
export const cancelCount = (count: number) =>
  plural(count, { one: 'Cancelar # convite na fila', other: 'Cancelar # convites na fila' });
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'Todos';
export const editLabel = (candidate: string) => `Editar: ${candidate}`;
export const removeLabel = (candidate: string) => `Remover: ${candidate}`;
export const copyLinkLabel = (candidate: string) => `Copiar link: ${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(first)} a ${formatNumber(last)} de ${formatNumber(total)}`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(doneCount)} de ${formatNumber(total)} processados.`;
export const lessThanMinuteLeft = 'Menos de um minuto restante.';
export const minutesLeft = (minutes: number) =>
  plural(minutes, { one: 'Cerca de # minuto restante.', other: 'Cerca de # minutos restantes.' });
export const hoursLeft = (hours: number) =>
  plural(hours, { one: 'Cerca de # hora restante.', other: 'Cerca de # horas restantes.' });

export const finishedSentences = {
  invited: (count: number) => plural(count, { one: '# pessoa convidada.', other: '# pessoas convidadas.' }),
  existing: (count: number) => plural(count, { one: '# já convidada.', other: '# já convidadas.' }),
  failed: (count: number) => plural(count, { one: '# não convidada.', other: '# não convidadas.' }),
  cancelled: (count: number) => plural(count, { one: '# cancelada.', other: '# canceladas.' }),
};

export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatNumber(count)} na fila`,
  invited: (count: number) => plural(count, { one: '# convidada', other: '# convidadas' }),
  existing: (count: number) => plural(count, { one: '# já convidada', other: '# já convidadas' }),
  failed: (count: number) => plural(count, { one: '# não convidada', other: '# não convidadas' }),
  cancelled: (count: number) => plural(count, { one: '# cancelada', other: '# canceladas' }),
};

export const openBatchLabel = (time: string) => `Abrir: convites de ${time}`;
export const csvFileName = (date: string) => `convites-${date}.csv`;
