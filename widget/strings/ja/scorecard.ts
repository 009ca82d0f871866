export const scorecardTitle = 'スコアカード';
export const notFound = 'このアセスメントは存在しないか、アクセス権がありません。IT部門にお問い合わせください。';
export const scorecardLabel = (name: string) => `スコアカード：${name}`;
