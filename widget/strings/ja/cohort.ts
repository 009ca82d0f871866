import { formats } from './formats.ts';

const { formatNumber } = formats;

export const cohortTitle = '候補者を招待';
export const noInvitePermission = '候補者を招待する権限がありません。IT部門にお問い合わせください。';
export const pasteLabel = '表計算ソフトまたはメールから候補者を貼り付け';
export const pastePlaceholder = '山田 花子 <hanako@example.com>\n佐藤 太郎, taro@example.com';
export const checkCandidates = '一覧を確認';
export const chooseFile = 'CSVファイルを選択';
export const sourceHint = '招待する前に一覧を確認できます。';
export const readingCandidates = '候補者を読み込んでいます…';
export const noCandidatesFound = '候補者が見つかりません。1行に1人ずつ、氏名とメールアドレスを貼り付けてください。';
export const tooManyCandidates = '一覧の候補者が10,000人を超えています。一覧を分割してください。';
export const listTooLong = 'ファイルが大きすぎます。ファイルを分割してください。';
export const unreadableFile = 'ファイルを読み込めません。CSV形式で保存してから、もう一度お試しください。';
export const previewHeading = '一覧の確認';
export const checking = '候補者を確認しています…';
export const discardList = '一覧を破棄';
export const edit = '編集';
export const remove = '削除';
export const save = '保存';
export const cancelEdit = 'キャンセル';
export const nameColumn = '候補者';
export const emailColumn = 'メールアドレス';
export const statusColumn = 'ステータス';
export const actionsColumn = '操作';
export const nameLabel = '氏名';
export const filterLabel = '表示';
export const previousPage = '前へ';
export const nextPage = '次へ';
export const noRows = 'このグループに候補者はいません。';
export const nothingToInvite = '新しく招待する候補者はいません。';
export const retryFailed = '失敗した招待を再試行';
export const cancelQueued = '待機中の招待を取り消し';
export const keepInviting = '招待を続行';
export const copyLinks = 'リンクをコピー';
export const copyLinksLabel = 'リンクをコピー：招待済みのすべての候補者';
export const downloadCsv = 'CSVをダウンロード';
export const inviteMore = 'ほかの候補者を招待';
export const pastBatches = '過去の招待';
export const openBatch = '開く';
export const showMore = 'さらに表示';
export const copyLink = 'リンクをコピー';
export const linksAfterInvite = 'Evalonはリンクをメールで送信しません。招待後にリンクをコピーしてください。';
export const linksNotSent = '候補者にメールは送信されていません。リンクをコピーして、ご自身で送信してください。';
export const estimating = '残り時間を計算しています…';
export const csvHeader = ['氏名', 'メールアドレス', 'ステータス', '理由', 'リンク'];

export const previewKinds = {
  unchecked: '確認中…',
  new: '新規',
  existing: '招待済み',
  conflict: '別のアセスメントあり',
  ended: '結果なしで終了',
  invalid: '要修正',
};

export const outcomes = {
  queued: '待機中',
  invited: '招待しました',
  existing: '以前に招待済み',
  failed: '招待できませんでした',
  cancelled: '取り消し済み',
};

export const reasons = {
  invalid_email: 'メールアドレスの形式が正しくありません。',
  name_missing: '氏名がありません。',
  name_too_long: '氏名が長すぎます。',
  duplicate: 'このメールアドレスは一覧に2回含まれています。どちらかを削除してください。',
  type_conflict: 'アセスメントは1プロジェクトにつき1つだけです。この候補者にはすでに別のアセスメントがあります。',
  link_missing: 'Evalonから有効なリンクが返されませんでした。IT部門にお問い合わせください。',
  upstream_rejected:
    'Evalonが招待を拒否しました。氏名またはメールアドレスを修正して候補者を新しい一覧に追加するか、IT部門にお問い合わせください。',
  upstream_unavailable: 'Evalonに接続できませんでした。しばらくしてから再試行してください。',
  erased: '候補者のデータは消去されました。',
};

export const unknownReason = '候補者を招待できませんでした。IT部門にお問い合わせください。';

export const formatCount = formatNumber;
export const inviteCount = (count: number) => `${formatNumber(count)}人を招待`;
export const invitingCount = (count: number) => `${formatNumber(count)}人を招待しています…`;
export const skippedCount = (count: number) => `${formatNumber(count)}人は招待されません。`;
export const cancelQuestion = (count: number) =>
  `待機中の招待${formatNumber(count)}件を取り消しますか？対象の候補者は招待されません。`;
export const cancelCount = (count: number) => `待機中の招待${formatNumber(count)}件を取り消し`;
export const filterOption = (name: string, count: number) => `${name} ${formatNumber(count)}`;

export const all = 'すべて';
export const editLabel = (candidate: string) => `編集：${candidate}`;
export const removeLabel = (candidate: string) => `削除：${candidate}`;
export const copyLinkLabel = (candidate: string) => `リンクをコピー：${candidate}`;
export const pageRange = ({ first, last, total }: { first: number; last: number; total: number }) =>
  `${formatNumber(total)}件中 ${formatNumber(first)}～${formatNumber(last)}件`;
export const progressText = (doneCount: number, total: number) =>
  `${formatNumber(total)}件中${formatNumber(doneCount)}件を処理しました。`;
export const lessThanMinuteLeft = '残り1分未満です。';
export const minutesLeft = (minutes: number) => `残り約${formatNumber(minutes)}分です。`;
export const hoursLeft = (hours: number) => `残り約${formatNumber(hours)}時間です。`;

export const finishedSentences = {
  invited: (count: number) => `${formatNumber(count)}人を招待しました。`,
  existing: (count: number) => `${formatNumber(count)}人は以前に招待済みです。`,
  failed: (count: number) => `${formatNumber(count)}人を招待できませんでした。`,
  cancelled: (count: number) => `${formatNumber(count)}件を取り消しました。`,
};

export const countSeparator = '、';

export const outcomeCounts = {
  queued: (count: number) => `待機中 ${formatNumber(count)}件`,
  invited: (count: number) => `招待 ${formatNumber(count)}件`,
  existing: (count: number) => `以前に招待済み ${formatNumber(count)}件`,
  failed: (count: number) => `招待できず ${formatNumber(count)}件`,
  cancelled: (count: number) => `取り消し ${formatNumber(count)}件`,
};

export const openBatchLabel = (time: string) => `開く：${time}の招待`;
export const csvFileName = (date: string) => `招待-${date}.csv`;
