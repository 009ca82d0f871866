import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber } = formats;

export { sectionScore };
export const resultsTitle = '結果';
export const searchLabel = '氏名またはメールアドレスで検索';
export const statusFilter = 'ステータス';
export const allStatuses = 'すべてのステータス';
export const assessmentFilter = 'アセスメント';
export const allAssessments = 'すべてのアセスメント';
export const sortLabel = '並べ替え';
export const sortNames = {
  '-updated_at': '最終変更日（新しい順）',
  updated_at: '最終変更日（古い順）',
  '-completed_at': '完了日（新しい順）',
  '-overall': '総合スコア',
};
export const columns = {
  compare: '比較',
  candidate: '候補者',
  email: 'メールアドレス',
  assessment: 'アセスメント',
  status: 'ステータス',
  overall: '総合',
  overallMax: '総合スコアの満点',
  sections: 'セクション',
  invitedBy: '招待者',
  invited: '招待日',
  completed: '完了日',
  changed: '最終変更日',
};
export const noSessions = 'このプロジェクトに招待した候補者はここに表示されます。';
export const noMatches = '一致する結果がありません。検索条件またはフィルターを変更してください。';
export const showMore = 'さらに表示';
export const exportCsv = 'すべてCSVでダウンロード';
export const printList = '一覧を印刷';
export const cancelExport = 'エクスポートをキャンセル';
export const csvFileName = '結果.csv';
export const exportCancelled = 'エクスポートをキャンセルしました。';
export const compare = '比較';
export const compareTitle = '結果の比較';
export const closeCompare = '比較を閉じる';
export const compareHint = (max: number) => `比較する結果を2～${formatNumber(max)}件選択してください。`;
export const compareLabel = (name: string) => `比較：${name}`;
export const showChanges = (count: number) => `更新${formatNumber(count)}件を表示`;
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore ? `最初の${formatNumber(count)}件を表示` : `${formatNumber(count)}人`;
export const exportProgress = (count: number) => `エクスポートしています… ${formatNumber(count)}行`;
export const exportDone = (count: number) => `${formatNumber(count)}行をエクスポートしました。`;
