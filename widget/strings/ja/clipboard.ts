export const copyManually = 'ブラウザーによってコピーがブロックされました。次のテキストをコピーしてください。';
