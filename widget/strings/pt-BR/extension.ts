import { formats } from './formats.ts';

export const signInNeeded = 'Entre para ver as avaliações.';
export const signIn = 'Entrar';
export const signOut = 'Sair';
export const continueInWindow = 'Continue na janela de login.';
export const signInWindowClosed = 'A janela de login foi fechada. Entre novamente.';
export const candidateTab = 'Candidato(a)';
export const inboxTab = 'Caixa de entrada';
export const noCandidate = 'Abra um candidato no seu ATS para ver as avaliações aqui.';
export const pageChanging = 'Aguardando a página mostrar um candidato…';
export const lookingUpCandidate = 'Buscando a pessoa…';
export const retry = 'Tentar novamente';
export const noProxy = 'Esta extensão não tem o endereço do proxy da sua empresa. Informe-o nas opções.';
export const openOptions = 'Abrir as opções';
export const candidateUnknown = 'Não é possível identificar esta pessoa';
export const enterManually = 'Informe o e-mail e o nome da pessoa. Verifique o que já está preenchido: vem da página.';
export const candidateNotFound = 'O ATS não conhece esta pessoa ou você não tem permissão para vê-la.';
export const noEmail = 'O ATS não tem um e-mail desta pessoa.';
export const noAssessments = 'Nenhuma avaliação está disponível para esta pessoa. Fale com a TI.';
export const email = 'E-mail';
export const name = 'Nome';
export const useCandidate = 'É esta pessoa';
export const candidateChanged = 'A página agora mostra outra pessoa, por isso nenhum convite foi enviado.';
export const pageNotResponding =
  'A página não está respondendo, por isso nenhum convite foi enviado. Recarregue a página e tente novamente.';
export const confirmCandidate = 'O endereço da página não identifica a pessoa. Esta é a pessoa na página?';
export const confirmYes = 'Sim, mostrar as avaliações';
export const confirmNo = 'Não, é outra pessoa';
export const chipLabel = 'Abrir avaliações';
export const chipHint = 'Evalon: clique no ícone ou pressione Alt+Shift+E';
export const chipHintLabel = 'Avaliações da Evalon';
export const storeDescription =
  'Avaliações da Evalon ao lado de cada candidatura no Greenhouse, Lever, Ashby e Workday.';
export const proxyAddress = 'Endereço do proxy da Evalon da sua empresa';
export const save = 'Salvar';
export const saved = 'Salvo.';
export const invalidAddress = 'Este não é o endereço de um proxy. Informe um que comece com https://';
export const hostNotAllowed =
  'Seu navegador não pode acessar este endereço até você permitir. Tente novamente ou fale com a TI.';
export const setByPolicy = 'Definido pela sua equipe de TI.';
export const blockedHostsTitle = 'Endereços bloqueados';
export const blockedHostsHint =
  'Seu navegador bloqueia estes endereços para a extensão. Permita-os para ver as avaliações.';
export const proxyHostBlocked = 'Seu navegador bloqueia o acesso ao proxy da sua empresa. Permita-o nas opções.';
export const optionalHostsTitle = 'Mais páginas';
export const optionalHostsHint =
  'As configurações da sua empresa incluem estas páginas. Permita-as para ver as avaliações nelas.';
export const optionalHostsPending =
  'Algumas páginas precisam da sua permissão para mostrar as avaliações. Permita-as nas opções.';
export const allowButton = 'Permitir';
export const allowedSuffix = '(permitido)';
export const allowHost = (host: string) => `Permitir ${host}`;
export const resultCountTitle = (count: number) =>
  count ? formats.plural(count, { one: '# novo resultado', other: '# novos resultados' }) : chipHintLabel;
export const candidateBadgeTitle = (status: string) => `Avaliações da Evalon. Esta pessoa: ${status}`;
