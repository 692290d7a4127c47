import { formatCount } from '../../i18n';

const n = (value: number): string => formatCount(value, 'ja');

/** The card of a run that waits, or that goes on elsewhere. */
export const waiting = {
  next: '次の順番です。',
  position: (position: number) => `${n(position)} 番目に待っています。`,
  holder: (user: string, since: string) => `${user} さんが ${since} から実行しています。`,
  free: '前の実行が終わりました。まもなく始まります。',
  ahead: (users: string) => `先に待っている人: ${users}`,
  join: '、',
  until: (time: string) => `${time} までに順番が来なければ取りやめます。`,
  stay: 'このページを開いたままお待ちください。順番が来ると自動で始まります。',
  leave: '待つのをやめる',
  leaveLabel: (unit: string) => `「${unit}」の順番を待つのをやめる`,
  joined: (user: string, since: string) => `${user} さんが ${since} に始めた実行を表示しています。`,
  joinedNote: 'この実行は別の画面で行われています。このページを閉じても止まりません。',
  joinedAsks: 'その人の確認を待っています。',
  requested: 'サーバーが引き受けるのを待っています。このページを閉じても取り消されません。',
  onServer: 'サーバーで実行しています。このページを閉じても止まりません。',
  starts: (unit: string) => `終わったあと、実行単位「${unit}」を開始します。`,
  startsWait: (unit: string) => `書き込んだあと、実行単位「${unit}」を開始し、その終わりを待ちます。`,
  startsNote: '開始する実行単位の書き込みは、この確認には含まれません。確認なしで書き込みます。',
  said: (position: number) => `順番を待っています。${n(position)} 番目です。`,
};
