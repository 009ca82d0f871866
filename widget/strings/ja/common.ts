import type { SessionStatus } from '../../../proxy/contract/status.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';
import { lookUp } from '../look-up.ts';
import { type ProblemTexts, translateProblem } from '../translation.ts';
import { formats } from './formats.ts';

export const { formatDate, formatNumber, formatScore } = formats;

export const locale = 'ja';
export const direction = '';

export const panelTitle = 'アセスメント';
export const loading = '読み込み中…';
export const retry = '再試行';
export const reconnecting = '再接続しています…';
export const offline = 'オフラインです。';
export const noAssessments = 'アセスメントが設定されていません。IT部門にお問い合わせください。';
export const noInvitePermission = '候補者を招待する権限がありません。IT部門にお問い合わせください。';
export const noViewPermission = 'この候補者を表示する権限がありません。IT部門にお問い合わせください。';
export const notInvited = '未招待';
export const checkingResult = '結果を確認中…';
export const resultUnavailable = '結果を取得できません';
export const waitingForEvalon = 'Evalonの応答待ち';
export const resultPending = '結果はここに表示されます。';
export const unknownAssessment = 'アセスメント';
export const assessmentErased = 'このアセスメントは消去されました。';
export const copied = 'コピーしました';

const PROBLEMS: ProblemTexts = {
  invalid_request: 'リクエストが正しくありません。入力内容を確認するか、IT部門にお問い合わせください。',
  unauthenticated: 'サインインの有効期限が切れました。ページを再読み込みしてください。',
  forbidden: 'この操作を行う権限がありません。IT部門にお問い合わせください。',
  not_found: '見つかりません。消去されたか、アクセス権がない可能性があります。',
  not_ready: 'このアセスメントの結果は、まだEvalonにありません。',
  type_conflict: 'アセスメントは1プロジェクトにつき1つだけです。この候補者にはすでに別のアセスメントがあります。',
  conflict: '別の変更が先に行われました。ページを再読み込みして、もう一度お試しください。',
  too_large: 'リクエストが大きすぎます。分割してください。',
  rate_limited: 'リクエストが集中しています。しばらくしてからもう一度お試しください。',
  upstream_rejected:
    'Evalonがリクエストを受け付けませんでした。候補者の氏名とメールアドレスを確認するか、IT部門にお問い合わせください。',
  upstream_unavailable: '現在Evalonに接続できません。しばらくしてからもう一度お試しください。',
  unavailable: '現在サービスを利用できません。しばらくしてからもう一度お試しください。',
  internal: '問題が発生しました。もう一度お試しください。解決しない場合は、IT部門にお問い合わせください。',
  unreachable: 'サーバーに接続できません。ネットワーク接続を確認してください。',
  timeout: 'サーバーから時間内に応答がありませんでした。もう一度お試しください。',
  no_token: 'サインインしていません。ページを再読み込みするか、もう一度お試しください。',
  bad_answer: 'サーバーの応答を読み取れません。もう一度お試しください。',
  missing_attribute: 'このページは正しく設定されていません。IT部門にお問い合わせください。',
  page_conflict: 'このページの別のスクリプトが表示を妨げています。IT部門にお問い合わせください。',
  unknown: '問題が発生しました。もう一度お試しください。',
};

export const describeProblem = (problem: WidgetProblem) => translateProblem(problem, PROBLEMS);
export const reference = (id: string) => `参照番号：${id}`;
export const testEnvironment = (name: string) => `${humanize(name)} · テストデータ`;

export const invite = { idle: '招待', sending: '招待しています…', failed: '招待を再試行' };
export const inviteAgain = { idle: '再度招待', sending: '再度招待しています…', failed: '招待を再試行' };
export const inviteTo = (assessment: string) => ({
  idle: `${assessment}に招待`,
  sending: `${assessment}に招待しています…`,
  failed: `${assessment}への招待を再試行`,
});
export const inviteLabel = ({ name, assessment, text }: { name: string; assessment: string; text: string }) =>
  text.includes(assessment) ? `${text}：${name}` : `${text}：${name}、${assessment}`;
export const panelLabel = (name: string) => `アセスメント：${name}`;

const STATUSES: Record<SessionStatus, string> = {
  invited: '招待済み',
  opened: 'アクセス済み',
  started: '受検開始',
  submitted: '回答提出済み',
  scoring: '採点中',
  expired: '期限切れ',
  cancelled: 'キャンセル済み',
  declined: '候補者が辞退',
  failed: '結果なしで終了',
  completed: '完了',
};
export const statusLabel = (status: string) => lookUp(STATUSES, status) ?? '不明なステータス';

export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 1 ? '最終更新：1分以内' : `最終更新：${formatNumber(minutes)}分前`;
}

export const inviteDate = ({ invited_at }: Session) => `招待日：${formatDate(invited_at)}`;
export const sessionDate = (session: Session) =>
  session.status === 'completed' && session.completed_at
    ? `完了日：${formatDate(session.completed_at)}`
    : inviteDate(session);

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}、${assessment}：${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}、総合スコア ${formatScore(overall)}`;
}

const describeSetup = (tag: string, need: string) =>
  `このページは正しく設定されていません。IT部門にお問い合わせください。<${tag}> には${need}が必要です。`;
export const missingAttributes = (tag: string, names: string[]) => describeSetup(tag, ` ${formats.formatList(names)} `);
export const invalidProxyUrl = (tag: string) => describeSetup(tag, '有効な proxy-url ');
export const unknownTypes = (tag: string, types: string[]) =>
  describeSetup(tag, ` ${formats.formatList(types)} ではなく、既知のアセスメントの種類`);
export const missingProjectId = (tag: string, types: string[]) =>
  describeSetup(tag, ` ${formats.formatList(types)} の project-id `);
