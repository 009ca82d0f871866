import { formats } from './formats.ts';

export const signInNeeded = 'アセスメントを表示するには、サインインしてください。';
export const signIn = 'サインイン';
export const signOut = 'サインアウト';
export const continueInWindow = 'サインインのウィンドウで続行してください。';
export const signInWindowClosed = 'サインインのウィンドウが閉じられました。もう一度サインインしてください。';
export const candidateTab = '候補者';
export const inboxTab = '受信トレイ';
export const noCandidate = 'ATSで候補者を開くと、その候補者のアセスメントがここに表示されます。';
export const pageChanging = 'ページに候補者が表示されるのを待っています…';
export const lookingUpCandidate = '候補者を検索しています…';
export const retry = '再試行';
export const noProxy = 'この拡張機能に、貴社のプロキシのアドレスが設定されていません。オプションで入力してください。';
export const openOptions = 'オプションを開く';
export const candidateUnknown = 'この候補者を特定できません';
export const enterManually =
  '候補者のメールアドレスと氏名を入力してください。入力済みの内容はページから取得したものです。確認してください。';
export const candidateNotFound = 'ATSにこの候補者がいないか、表示する権限がありません。';
export const noEmail = 'ATSにこの候補者のメールアドレスがありません。';
export const noAssessments = 'この候補者に利用できるアセスメントはありません。IT部門にお問い合わせください。';
export const email = 'メールアドレス';
export const name = '氏名';
export const useCandidate = 'この候補者で間違いありません';
export const candidateChanged = 'ページの候補者が変わったため、招待は送信されませんでした。';
export const pageNotResponding =
  'ページが応答しないため、招待は送信されませんでした。ページを再読み込みして、もう一度お試しください。';
export const confirmCandidate =
  'ページのアドレスから候補者を特定できません。ページに表示されているのはこの候補者ですか？';
export const confirmYes = 'はい、アセスメントを表示';
export const confirmNo = 'いいえ、別の候補者です';
export const chipLabel = 'アセスメントを開く';
export const chipHint = 'Evalon：ツールバーのアイコンかAlt+Shift+Eで開きます';
export const chipHintLabel = 'Evalonのアセスメント';
export const storeDescription = 'Greenhouse、Lever、Ashby、Workdayの候補者の横にEvalonのアセスメントを表示します。';
export const proxyAddress = '貴社のEvalonプロキシのアドレス';
export const save = '保存';
export const saved = '保存しました。';
export const invalidAddress = 'プロキシのアドレスではありません。https:// で始まるアドレスを入力してください。';
export const hostNotAllowed =
  'ブラウザーで許可されるまで、このアドレスに接続できません。もう一度お試しいただくか、IT部門にお問い合わせください。';
export const setByPolicy = 'この設定はIT部門が管理しています。';
export const blockedHostsTitle = 'ブロックされているアドレス';
export const blockedHostsHint =
  'ブラウザーが、拡張機能によるこれらのアドレスの利用をブロックしています。アセスメントを表示するには許可してください。';
export const proxyHostBlocked =
  'ブラウザーが、貴社のプロキシへのアクセスをブロックしています。オプションで許可してください。';
export const optionalHostsTitle = 'その他のページ';
export const optionalHostsHint =
  '貴社の設定に含まれるページです。そのページでアセスメントを表示するには許可してください。';
export const optionalHostsPending = 'アセスメントの表示に許可が必要なページがあります。オプションで許可してください。';
export const allowButton = '許可';
export const allowedSuffix = '（許可済み）';
export const allowHost = (host: string) => `${host} を許可`;
export const resultCountTitle = (count: number) =>
  count ? `新しい結果${formats.formatNumber(count)}件` : 'Evalonのアセスメント';
export const candidateBadgeTitle = (status: string) => `Evalonのアセスメント。この候補者：${status}`;
